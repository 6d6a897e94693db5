import type { FindATimeElement } from "find-a-time/preact";

const token = (element: FindATimeElement | null) => {
  if (element) element.getToken = () => "a token";
};

export const Whitfield = () => (
  <find-a-time ref={token} npi="1234567893" visit-type="NewPatient" radius={20} tier="uat" class="wide" onfindatime-booked={(event) => console.log(event.detail.product)}>
    <p>Call 206-555-0142</p>
  </find-a-time>
);
