/** The page of the themes: which one is on, by its radio button or by the address (`?look=night`). */
const LOOKS = ["warm", "night", ""];

/** @param {string} look a theme's name; empty for the site's own */
function wear(look) {
  for (const link of document.querySelectorAll("link[data-theme]")) link.disabled = link.dataset.theme !== look;
  const file = document.querySelector("[data-theme-file]");
  file.hidden = look === "";
  if (look) file.href = `./themes/${look}.css`;
}

const asked = new URLSearchParams(location.search).get("look");
for (const choice of document.querySelectorAll('[name="look"]')) {
  choice.addEventListener("change", () => wear(choice.value));
  if (LOOKS.includes(asked) && choice.value === asked) choice.checked = true;
}
wear(document.querySelector('[name="look"]:checked').value);
