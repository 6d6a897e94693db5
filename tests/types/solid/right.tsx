import type {} from "find-a-time/solid";

export const Whitfield = () => (
  <find-a-time prop:getToken={() => "a token"} npi="1234567893" visit-type="NewPatient" radius={20} tier="uat" class="wide" on:findatime-booked={(event) => console.log(event.detail.product)}>
    <p>Call 206-555-0142</p>
  </find-a-time>
);
