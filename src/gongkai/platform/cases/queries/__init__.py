"""What pages read about cases. Every query takes who asks; nothing of another organ's is ever found."""
