/** Types of `<find-a-time>`: what a host page may set, call and hear. The public contract in words is in docs/. */

export type FindATimeState =
  | "loading" | "times" | "queue" | "sign-in" | "patient" | "review"
  | "sending" | "taken" | "unconfirmed" | "booked" | "visits" | "unavailable";

export interface FindATimeDiagnostic {
  readonly code: string;
  readonly level: "info" | "warning" | "error";
  /** What was found. */
  readonly message: string;
  /** What the page's owner can do about it. */
  readonly mend: string;
}

export interface FindATimeQuestion {
  question: string;
  choices?: string[];
  required?: boolean;
}

/** Says something about a person's care: in events only with `event-details="full"` or `booking="event"`. */
export interface FindATimeSlot {
  /** RFC 3339, with the offset it came with. */
  readonly instant: string;
  /** IANA zone of the clinic; `null` when the system does not say. */
  readonly zone: string | null;
  readonly department?: string;
  readonly visitType?: string;
  readonly npi?: string;
  /** Minutes. */
  readonly duration?: number;
}

export interface FindATimeDetail {
  readonly version: 1;
  readonly product: string;
}

export interface FindATimeEventMap {
  /** Times are on screen: how many, and milliseconds since the element was upgraded. */
  "findatime-shown": CustomEvent<FindATimeDetail & { readonly count: number; readonly ms: number }>;
  "findatime-step": CustomEvent<FindATimeDetail & { readonly from: FindATimeState; readonly to: FindATimeState }>;
  /** Cancelable: prevented, the host takes over. */
  "findatime-selected": CustomEvent<FindATimeDetail & { readonly slot?: FindATimeSlot }>;
  /**
   * Cancelable: prevented, or answered by `respondWith`, the sign-in step only waits. `resume` is for the attribute of that
   * name, after a sign-in that leaves the page; it is empty where there is nothing to come back to.
   */
  "findatime-signin": CustomEvent<
    FindATimeDetail & { readonly resume: string; respondWith(token: Promise<string | null> | string | null): void }
  >;
  "findatime-submit": CustomEvent<FindATimeDetail & { readonly attempt: number }>;
  "findatime-booked": CustomEvent<FindATimeDetail & { readonly visitId?: string; readonly slot?: FindATimeSlot }>;
  "findatime-conflict": CustomEvent<
    FindATimeDetail & {
      readonly reason:
        | "slot-taken" | "refused" | "double-booked" | "unknown-conflict" | "not-on-panel" | "account-locked" | "no-links";
    }
  >;
  "findatime-unconfirmed": CustomEvent<FindATimeDetail>;
  "findatime-failed": CustomEvent<
    FindATimeDetail & { readonly reason: "network" | "server" | "signed-out" | "rejected" | "contract" }
  >;
  "findatime-cancelled": CustomEvent<FindATimeDetail>;
  /** Cancelable. */
  "findatime-handoff": CustomEvent<FindATimeDetail & { readonly url?: string }>;
  "findatime-diagnostic": CustomEvent<FindATimeDetail & FindATimeDiagnostic>;
}

/** Properties that reflect the attribute of the same name (`visitType` is `visit-type`); `null` takes it away. */
export interface FindATimeAttributes {
  api: string | null;
  visits: string | null;
  scheduling: string | null;
  tier: string | null;
  brand: string | null;
  tenant: string | null;
  domain: string | null;
  apiKey: string | null;
  product: string | null;
  providerSlots: string | null;
  mode: string | null;
  npi: string | null;
  department: string | null;
  near: string | null;
  practice: string | null;
  region: string | null;
  clinicianLine: string | null;
  visitType: string | null;
  patientType: string | null;
  specialty: string | null;
  gender: string | null;
  clinicType: string | null;
  view: string | null;
  booking: string | null;
  timeZone: string | null;
  eventDetails: string | null;
  resume: string | null;
  /** Folder of the other files, when it is not the script's own. */
  assets: string | null;
  clinicLine: boolean;
  interpreter: boolean;
  doctor: boolean;
  radius: number;
  days: number;
  maxDays: number;
  headingLevel: number;
}

export class FindATimeElement extends HTMLElement {
  /** Called inside the patient's click at the booking step, and once more after a 401; `null` = not signed in. */
  getToken: (() => Promise<string | null> | string | null) | null;
  /** Own wording, by message key. Set it anew to change it. */
  strings: Record<string, string> | null;
  questions: FindATimeQuestion[] | null;
  cardToken: (() => Promise<string | null>) | null;

  readonly state: FindATimeState;
  /** The last 50. */
  readonly diagnostics: FindATimeDiagnostic[];

  /** There is a token now: ask again. */
  signedIn(): void;
  /** Read times again (and load again what could not be loaded). */
  refresh(): void;
  /** Start over and forget every entry. */
  reset(): void;
  /** Focus the first control inside, else the fallback's. */
  focus(options?: FocusOptions): void;

  addEventListener<K extends keyof FindATimeEventMap>(
    type: K,
    listener: (this: FindATimeElement, event: FindATimeEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
  removeEventListener<K extends keyof FindATimeEventMap>(
    type: K,
    listener: (this: FindATimeElement, event: FindATimeEventMap[K]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | EventListenerOptions): void;
}

export interface FindATimeElement extends FindATimeAttributes {}

declare global {
  interface HTMLElementTagNameMap {
    "find-a-time": FindATimeElement;
  }
  // They bubble, so that a page may listen anywhere.
  interface GlobalEventHandlersEventMap extends FindATimeEventMap {}
}
