"""What pages read about annual reports. Every query takes who asks."""
