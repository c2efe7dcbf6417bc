"""What our programs take, measured; `python -m bench` runs every module beside this file."""
