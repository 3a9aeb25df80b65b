"""部署 (deployment): what a page says of itself to the browser that shows it."""
