// The words of the page's language, and dates and times formatted by `Intl`.

const TEXTS = {
  en: {
    heading: "Choose a time",
    reading: "Looking for open times.",
    failed: "The times could not be read.",
    zone: "Times are {zone}, at the clinic.",
    times: { one: "{n} time", other: "{n} times" },
    minutes: { one: "{n} minute", other: "{n} minutes" },
  },
  es: {
    heading: "Elija un horario",
    reading: "Buscamos horarios.",
    failed: "No se pudieron leer los horarios.",
    zone: "Horarios en {zone}, la del centro.",
    times: { one: "{n} horario", other: "{n} horarios" },
    minutes: { one: "{n} minuto", other: "{n} minutos" },
  },
};

/** Formatters, created once for each language and zone. @type {Map<string, ReturnType<typeof make>>} */
const formatters = new Map();

/** @param {string} lang @param {string} [timeZone] */
export function words(lang, timeZone) {
  const key = `${lang} ${timeZone}`;
  let entry = formatters.get(key);
  if (!entry) formatters.set(key, (entry = make(lang, timeZone)));
  return entry;
}

/** @param {string} lang @param {string} [timeZone] */
function make(lang, timeZone) {
  const texts = lang.startsWith("es") ? TEXTS.es : TEXTS.en;
  const day = new Intl.DateTimeFormat(lang, { weekday: "long", month: "long", day: "numeric", timeZone });
  const clock = new Intl.DateTimeFormat(lang, { hour: "numeric", minute: "2-digit", timeZone });
  const number = new Intl.NumberFormat(lang);
  const plural = new Intl.PluralRules(lang);
  return {
    texts,
    day: (/** @type {Date} */ at) => day.format(at),
    // Some fonts lack the narrow no-break space.
    clock: (/** @type {Date} */ at) => clock.format(at).replace("\u202f", "\u00a0"),
    capital: (/** @type {string} */ text) => text[0].toLocaleUpperCase(lang) + text.slice(1),
    count: (/** @type {"times" | "minutes"} */ what, /** @type {number} */ n) =>
      (plural.select(n) === "one" ? texts[what].one : texts[what].other).replace("{n}", number.format(n)),
    zone: (/** @type {Date} */ at) => {
      const parts = new Intl.DateTimeFormat(lang, { timeZone, timeZoneName: "longGeneric" }).formatToParts(at);
      return texts.zone.replace("{zone}", parts.find(({ type }) => type === "timeZoneName")?.value ?? "");
    },
  };
}
