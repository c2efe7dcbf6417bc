// Before the page is drawn, so that it does not flash in the wrong colours.
const dark = matchMedia("(prefers-color-scheme: dark)");
const apply = () => document.documentElement.setAttribute("data-bs-theme", dark.matches ? "dark" : "light");
apply();
dark.addEventListener("change", apply);
document.documentElement.classList.add("js");
