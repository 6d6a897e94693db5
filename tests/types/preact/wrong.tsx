import type {} from "find-a-time/preact";

export const tags = [
  // @ts-expect-error: a tier that there is not
  <find-a-time tier="beta" />,
  // @ts-expect-error: a number where text stands
  <find-a-time visit-type={5} />,
  // @ts-expect-error: no attribute of this name
  <find-a-time clinician="Whitfield" />,
  // @ts-expect-error: no event of a booking has this
  <find-a-time onfindatime-booked={(event) => event.detail.patient} />,
];
