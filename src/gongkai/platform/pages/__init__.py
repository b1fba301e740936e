"""What every page shares: base templates, CSS, JavaScript, template tags, language, error pages. No models."""
