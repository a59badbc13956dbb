"""What is read and told for screens and command line alike. Pure: no Textual, no command line."""
