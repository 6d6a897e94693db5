/** The long list: fifty elements, each for one of Acme's clinicians and one visit type. Runs before site.js, which sets the addresses on them. */

/** NPI and name of each clinician, by visit type. @type {Record<string, [string, string][]>} */
const CLINICIANS = {
  NewPatient: [
    ["1234567893", "Dana Whitfield"], ["1234986739", "Tobias Lindqvist"], ["1235091448", "Helen Marsh"],
    ["1235196155", "Ravi Subramaniam"], ["1235405572", "Femi Adeyemi"], ["1235824418", "Priya Raman"],
    ["1235929126", "Caleb Foster"], ["1236243253", "Beatriz Fonseca"], ["1236347963", "Owen Castellano"],
    ["1236452672", "Yara Mansour"], ["1236662098", "Miguel Santos"], ["1236871517", "Kofi Mensah"],
    ["1237080936", "Arthur Pell"], ["1237290352", "Clara Jensen"], ["1237395060", "Dmitri Volkov"],
    ["1237813906", "Thomas Berg"], ["1237918614", "Sofía Martínez"], ["1238023323", "William Achebe"],
    ["1238232742", "Daniel Park"], ["1238337459", "Miriam Abrams"], ["1238546877", "Gloria Reyes"],
  ],
  Illness: [
    ["1234672602", "Samuel Ortega"], ["1234777310", "Ingrid Solberg"], ["1235300864", "Chloe Bennett"],
    ["1236138545", "Noah Kim"], ["1236766808", "Hannah Weiss"], ["1237185644", "Simone Girard"],
    ["1237499771", "Aisha Rahman"], ["1237604487", "Patrick O'Neill"], ["1238128031", "Nora Lindgren"],
    ["1238651586", "Ethan Brooks"],
  ],
  FluShot: [
    ["1234567893", "Dana Whitfield"], ["1234672602", "Samuel Ortega"], ["1234777310", "Ingrid Solberg"],
    ["1234882029", "Grace Nakamura"], ["1234986739", "Tobias Lindqvist"], ["1235091448", "Helen Marsh"],
    ["1235300864", "Chloe Bennett"], ["1235405572", "Femi Adeyemi"], ["1235510280", "Luis Herrera"],
    ["1235614991", "Mei Tanaka"], ["1235719709", "Joanna Kowalski"], ["1235929126", "Caleb Foster"],
    ["1236138545", "Noah Kim"], ["1236243253", "Beatriz Fonseca"], ["1236452672", "Yara Mansour"],
    ["1236557389", "Elin Sørensen"], ["1236662098", "Miguel Santos"], ["1236766808", "Hannah Weiss"],
    ["1236871517", "Kofi Mensah"],
  ],
};

/** @type {Record<string, string>} */
const KINDS = { NewPatient: "New patients", Illness: "Illness or minor injury", FluShot: "Flu shots" };

const template = /** @type {HTMLTemplateElement} */ (document.querySelector("[data-clinician]"));
const cards = Object.entries(CLINICIANS).flatMap(([visitType, clinicians]) =>
  clinicians.map(([npi, name]) => {
    const card = /** @type {DocumentFragment} */ (document.importNode(template.content, true));
    const heading = card.querySelector("h2");
    heading.textContent = name;
    const kind = card.querySelector(".eyebrow");
    kind.textContent = KINDS[visitType];
    kind.dataset.words = `doctors.${visitType}`;
    [heading.id, kind.id] = [`name-${npi}-${visitType}`, `kind-${npi}-${visitType}`];
    card.querySelector("section").setAttribute("aria-labelledby", `${heading.id} ${kind.id}`);
    const widget = card.querySelector("find-a-time");
    widget.setAttribute("npi", npi);
    widget.setAttribute("visit-type", visitType);
    return card;
  }));
document.querySelector("[data-clinicians]").append(...cards);
