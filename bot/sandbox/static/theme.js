// Before anything is drawn: the chosen theme, so that the page does not flash in the other one.

const chosen = localStorage.getItem("theme");
if (chosen) document.documentElement.dataset.theme = chosen;
