import type {} from "find-a-time/preact";

export const tags = [
  // @ts-expect-error: no such tier
  <find-a-time tier="beta" />,
  // @ts-expect-error: a number instead of text
  <find-a-time visit-type={5} />,
  // @ts-expect-error: no attribute of this name
  <find-a-time clinician="Whitfield" />,
  // @ts-expect-error: Preact would set an empty text, with which the element asks the patient where to look
  <find-a-time near={null} />,
  // @ts-expect-error: no such field in a booking's event
  <find-a-time onfindatime-booked={(event) => event.detail.patient} />,
];
