// Written by `cargo xtask describe` from attributes.json. One text is smaller than a list of texts.

export const TEXTS = "npi department near practice region brand mode visit-type patient-type specialty gender clinic-type provider-slots view time-zone api visits scheduling product tier tenant domain api-key assets booking resume clinician-line loading event-details".split(" ");

export const BOOLEANS = "interpreter clinic-line support-reference doctor".split(" ");

/** Numbers, with their defaults. @type {Record<string, number>} */
export const NUMBERS = {
  "radius": 30,
  "days": 10,
  "max-days": 90,
  "backup-times": 0,
  "people": 1,
  "heading-level": 2,
};
