// What patients read is easy to read, and one thing has one word: docs/words.md has the rules.
import hyphens from "hyphen/es/index.js";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { syllable } from "syllable";
import { expect, test } from "../support/fixtures.js";

const ROOT = join(import.meta.dirname, "../..");
/**
 * The highest reading grade that all texts of a language together, and a single text, may have. A single text is short, so one long word
 * weighs much.
 */
const MOST = { pack: 6, text: 9 };

/**
 * The school grade from words, sentences and syllables: for English by Kincaid and others (1975), for Spanish by Crawford (1989),
 * who made the measure for the grades of a primary school.
 */
const LANGUAGES = {
  en: {
    syllables: syllable,
    grade: ({ words, sentences, syllables }) => (0.39 * words) / sentences + (11.8 * syllables) / words - 15.59,
    avoided: [/cancell/i],
  },
  es: {
    // Spanish is hyphenated between syllables.
    syllables: (word) => hyphens.hyphenateSync(word, { minWordLength: 2 }).split("\u00ad").length,
    grade: ({ words, sentences, syllables }) => (-20.5 * sentences) / words + (4.9 * syllables) / words - 3.407,
    avoided: [/guardamos sus datos/i, /\ba las \{/i, /\bpuls[ae]/i, /(?<!\p{L})(tú|tus?)(?!\p{L})/iu, /profesional(es)?\b(?! médico)/i],
  },
};
/**
 * Texts that may have a word to avoid. In Spanish, this label says “Profesional” alone: the words beside it say that clinicians are meant.
 */
const SHORT = ["near.gender"];

const pack = (language) => Object.entries(JSON.parse(readFileSync(join(ROOT, `locales/${language}.json`), "utf8")));

/** @param {string} text with a short word for each placeholder */
function count(text, { syllables }) {
  const words = text.match(/[\p{L}\d][\p{L}\d’'-]*/gu) ?? [];
  return {
    words: words.length,
    sentences: text.split(/(?<=[.?:])\s+/).filter(Boolean).length,
    syllables: words.reduce((sum, word) => sum + Math.max(1, syllables(word)), 0),
  };
}

for (const [language, rules] of Object.entries(LANGUAGES)) {
  // Labels and headings of a word or two have no grade.
  const sentences = pack(language)
    .map(([key, text]) => [key, text.replace(/\{[^}]*\}/g, "Ana")])
    .filter(([, text]) => /[.?]$/.test(text) && text.split(" ").length > 3);

  test(`${language}: the texts can be read after grade ${MOST.pack}, each one after grade ${MOST.text}`, () => {
    const counts = sentences.map(([, text]) => count(text, rules));
    const whole = counts.reduce((sum, one) => ({ words: sum.words + one.words, sentences: sum.sentences + one.sentences, syllables: sum.syllables + one.syllables }));
    const grade = rules.grade(whole);
    test.info().annotations.push({ type: "grade", description: `${language} ${grade.toFixed(1)}, ${whole.words} words in ${whole.sentences} sentences` });
    expect(sentences.length).toBeGreaterThan(150);
    expect(grade).toBeLessThanOrEqual(MOST.pack);
    const hard = sentences.filter((_, nth) => rules.grade(counts[nth]) > MOST.text);
    expect(hard, "texts to say more simply").toEqual([]);
  });

  test(`${language}: a hard sentence is found to be hard`, () => {
    const hard = {
      en: "Notwithstanding the aforementioned unavailability, alternative appointment opportunities necessitate individual consideration.",
      es: "No obstante la mencionada indisponibilidad, las oportunidades alternativas necesitan una consideración individualizada.",
    };
    expect(rules.grade(count(hard[language], rules))).toBeGreaterThan(MOST.text);
  });

  test(`${language}: no text has a word that we avoid`, () => {
    const found = pack(language).filter(([key, text]) => !SHORT.includes(key) && rules.avoided.some((word) => word.test(text)));
    expect(found).toEqual([]);
  });
}

test("docs/words.md: every word that patients read for a thing is in its pack", () => {
  const rows = readFileSync(join(ROOT, "docs/words.md"), "utf8").split("\n").filter((line) => /^\| [^-|]+ \| “/.test(line));
  expect(rows.length).toBeGreaterThan(15);
  for (const [nth, language] of ["en", "es"].entries()) {
    const texts = pack(language).map(([, text]) => text.toLowerCase()).join("\n");
    const missing = rows.map((row) => row.split(" | ")[nth + 1].match(/“([^”]+)”/)?.[1] ?? row).filter((word) => !texts.includes(word.toLowerCase()));
    expect(missing, language).toEqual([]);
  }
});
