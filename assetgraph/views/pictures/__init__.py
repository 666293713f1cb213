"""Static pictures, as SVG that is made here and needs no browser: for reports, notebooks, print, and a page without scripts."""
