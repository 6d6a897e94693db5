// Every answer to a coupon, in both languages: the discount, or why there is none and what else the patient can do.
import { expect, test, widget } from "../../support/fixtures.js";
import { joins, openPractice, payWith, WORDS } from "../../support/on-demand.js";

const ANSWERS = [
  { code: "NORTH25", name: "takes its part off", en: "$25.00 off. You pay $24.00.", es: "$25.00 de descuento. Usted paga $24.00.", good: true },
  { code: "NORTH99", name: "covers more than the visit costs", en: "This code covers the whole price. You pay nothing.", es: "Este código cubre todo el precio. Usted no paga nada.", good: true },
  { code: "SPRING", name: "is no longer one", en: "This code is no longer valid. Use another code, or choose another way to pay.", es: "Este código ya no es válido. Use otro código o elija otra forma de pago." },
  { code: "NOSUCH", name: "is none", status: 404, en: "We do not know this code. Check the letters, or choose another way to pay.", es: "No conocemos este código. Revise las letras o elija otra forma de pago." },
  { code: "TOOMANY", name: "was tried too often", status: 429, en: "There were too many tries. Wait a few minutes and try again, or choose another way to pay.", es: "Hubo demasiados intentos. Espere unos minutos e inténtelo de nuevo, o elija otra forma de pago." },
  { code: "BROKEN", name: "cannot be checked", status: 500, en: "We could not check this code. Try again, or choose another way to pay.", es: "No pudimos revisar este código. Inténtelo de nuevo o elija otra forma de pago." },
];

for (const lang of /** @type {const} */ (["en", "es"])) {
  for (const { code, name, status, good, ...said } of ANSWERS) {
    test(`a coupon that ${name} (${lang})`, async ({ page, site, acme, watch }) => {
      if (status) watch.allowConsole(new RegExp(`status of ${status}`));
      if (status === 500) await acme.setCoupon({ code, answer: 500 });
      await openPractice({ page, site, acme }, { token: await acme.token("marta"), lang });
      const [it, words] = [widget(page), WORDS[lang]];
      await it.button(words.video).click();
      await it.reaches("patient");
      await it.field(words.reason).fill("Rash on forearm");
      await payWith(page, { lang, coupon: code });
      await it.button(words.goOn).click();
      if (good) {
        await it.reaches("review");
        // The price is never less than nothing.
        const left = { en: { NORTH25: "You pay $24.00", NORTH99: "You pay $0.00" }, es: { NORTH25: "Usted paga $24.00", NORTH99: "Usted paga $0.00" } }[lang][code];
        await expect(it.host.getByText(left, { exact: true })).toBeVisible();
        await it.button(lang === "en" ? "Back" : "Atrás").click();
        await expect(it.host.getByText(said[lang])).toBeVisible();
      } else {
        const field = it.host.getByLabel(words.code, { exact: true });
        await expect(field).toHaveAccessibleDescription(said[lang]);
        await expect(field).toBeFocused();
        expect(await it.state()).toBe("patient");
        expect(await joins(acme)).toEqual([]);
        // Another way to pay works.
        await payWith(page, { lang });
        await it.button(words.goOn).click();
        await it.reaches("review");
      }
    });
  }
}
