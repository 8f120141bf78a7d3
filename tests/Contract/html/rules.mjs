// The rules of html-validate for our pages: all that it recommends, and what is wanted of a whole document, but for the few below.
import { defineConfig } from "html-validate";

export default defineConfig({
  root: true,
  extends: ["html-validate:recommended", "html-validate:document"],
  rules: {
    // Razor shortens a void element that is the same on every page and leaves the slash of the others. Both are the same to a browser.
    "void-style": "off",
    // The style sheet comes from the same server as the page; a digest would protect from nobody.
    "require-sri": ["error", { target: "crossorigin" }],
    // A page is called as the promise is. Search engines cut where they like.
    "long-title": "off",
    // Razor leaves spaces where a block of code stood. Nobody sees them.
    "no-trailing-whitespace": "off",
  },
});
