"""What the server keeps: data sets, caches and stores."""
