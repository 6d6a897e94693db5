/** The page of the themes: switches between them, by radio buttons or by the address (`?look=night`). */
const LOOKS = ["warm", "night", ""];

/** Applies a theme. @param {string} look its name; empty for the site's own look */
function wear(look) {
  for (const link of document.querySelectorAll("link[data-theme]")) link.disabled = link.dataset.theme !== look;
  const file = document.querySelector("[data-theme-file]");
  file.hidden = look === "";
  if (look) file.href = `./themes/${look}.css`;
}

const asked = new URLSearchParams(location.search).get("look");
for (const choice of document.querySelectorAll('[name="look"]')) {
  choice.addEventListener("change", () => wear(choice.value));
  if (asked !== null && LOOKS.includes(asked) && choice.value === asked) choice.checked = true;
}
wear(document.querySelector('[name="look"]:checked').value);
