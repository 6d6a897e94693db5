// What the compiler must accept and what it must reject; never run. A line that is not rejected makes its comment unused, which
// `tsc` reports.
import type { FindATimeElement, FindATimeEventMap } from "find-a-time/react";
import { FindATime } from "./FindATime";

export const right = [
  <find-a-time key="1" npi="1234567893" visit-type="NewPatient" days={5} clinic-line lang="es" className="wide"
    onfindatime-booked={(event) => void (event.detail.visitId satisfies string | undefined)} />,
  <FindATime key="2" brand="northlake" mode="both" radius="15" questions={[{ question: "Do you need a ramp?", choices: ["Yes", "No"] }]}
    on={{ "findatime-failed": ({ detail }) => void (detail.reason satisfies "network" | "server" | "signed-out" | "rejected" | "contract") }} />,
];

export const wrong = [
  // @ts-expect-error an NPI is a text of ten digits, not an object
  <find-a-time key="1" npi={{ number: 1234567893 }} />,
  // @ts-expect-error `view` has no value “week”
  <find-a-time key="2" view="week" />,
  // @ts-expect-error attributes are written as in HTML: before the element is defined React knows no property
  <find-a-time key="3" visitType="NewPatient" />,
  // @ts-expect-error React drops a function before the element is defined
  <find-a-time key="4" getToken={() => null} />,
  // @ts-expect-error a visit's id is text, and may be missing
  <find-a-time key="5" onfindatime-booked={({ detail }) => detail.visitId.toFixed()} />,
  // @ts-expect-error no such event
  <FindATime key="6" on={{ "findatime-bookd": () => {} }} />,
  // @ts-expect-error a token is text or null
  <FindATime key="7" getToken={() => 42} />,
];

export function listen(element: FindATimeElement) {
  element.addEventListener("findatime-step", ({ detail }) => detail.to satisfies FindATimeElement["state"]);
  element.addEventListener("click", (event) => event.clientX);
  document.addEventListener("findatime-shown", (event: FindATimeEventMap["findatime-shown"]) => event.detail.count.toFixed());
  document.querySelector("find-a-time")?.refresh();
  // @ts-expect-error no such field
  element.addEventListener("findatime-submit", ({ detail }) => detail.attempts);
  // @ts-expect-error `state` is read-only: only the element sets it
  element.state = "booked";
  // @ts-expect-error no such reason
  element.addEventListener("findatime-conflict", ({ detail }) => detail.reason === "taken");
}
