"""What a person sees and touches: window, pages, table, forms, print, the command line. The only room with Qt."""
