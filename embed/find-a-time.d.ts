/** Types of `<find-a-time>`: what a host page may set, call and hear. The public contract in words is in docs/. */

export type FindATimeState =
  | "loading" | "times" | "queue" | "sign-in" | "patient" | "review"
  | "sending" | "taken" | "unconfirmed" | "booked" | "visits" | "unavailable";

/** Without `event-details="full"` every refusal but `slot-taken` is `refused`. */
export type FindATimeConflict =
  | "slot-taken" | "refused" | "double-booked" | "unknown-conflict" | "not-on-panel" | "account-locked" | "no-links";

export type FindATimeFailure = "network" | "server" | "signed-out" | "rejected" | "contract";

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
  readonly department: string;
  readonly visitType: string;
  readonly npi: string;
  /** Minutes; 0 when the system does not say. */
  readonly duration: number;
}

export interface FindATimeDetail {
  readonly version: 1;
  /** The page's use case. */
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
  "findatime-conflict": CustomEvent<FindATimeDetail & { readonly reason: FindATimeConflict }>;
  "findatime-unconfirmed": CustomEvent<FindATimeDetail>;
  "findatime-failed": CustomEvent<FindATimeDetail & { readonly reason: FindATimeFailure }>;
  "findatime-cancelled": CustomEvent<FindATimeDetail>;
  /** Cancelable. */
  "findatime-handoff": CustomEvent<FindATimeDetail & { readonly url?: string }>;
  "findatime-diagnostic": CustomEvent<FindATimeDetail & FindATimeDiagnostic>;
}

/** What the element itself hears: its own events and those of every HTML element. */
export interface FindATimeElementEventMap extends HTMLElementEventMap, FindATimeEventMap {}

/**
 * Properties that reflect the attribute of the same name (`visitType` is `visit-type`); `null` takes it away. What a page's
 * HTML says may be anything: the types here are what the element understands.
 */
export interface FindATimeProperties {
  api: string | null;
  visits: string | null;
  scheduling: string | null;
  tier: "prd" | "uat" | null;
  brand: string | null;
  tenant: string | null;
  domain: string | null;
  apiKey: string | null;
  product: string | null;
  providerSlots: "v4" | "v5" | null;
  mode: "scheduled" | "on-demand" | "both" | null;
  /** Ten digits, or several separated by spaces. */
  npi: string | null;
  /** `urlName`, or several separated by spaces. */
  department: string | null;
  /** ZIP, `latitude,longitude`, or empty to ask. */
  near: string | null;
  practice: string | null;
  region: string | null;
  /** The key under which the NPI travels. */
  clinicianLine: string | null;
  /** Short name, or several separated by commas. */
  visitType: string | null;
  patientType: "new" | "established" | null;
  specialty: string | null;
  gender: string | null;
  clinicType: string | null;
  view: "list" | "strip" | "month" | null;
  booking: "inline" | "link" | "event" | null;
  timeZone: string | null;
  eventDetails: "full" | null;
  /** From a `findatime-signin` event, after a sign-in that left the page. */
  resume: string | null;
  /** Folder of the other files, when it is not the script's own. */
  assets: string | null;
  /** `lazy`: nothing is read until the element is near the screen. */
  loading: "eager" | "lazy" | null;
  clinicLine: boolean;
  interpreter: boolean;
  doctor: boolean;
  /** Miles, 1 to 100. */
  radius: number;
  /** Open days before paging, 1 to 60. */
  days: number;
  /** How far ahead to look, 1 to 400. */
  maxDays: number;
  /** 2 to 6. */
  headingLevel: number;
}

/** What frameworks may send for "not given" beside a value. */
type Given<T> = T extends boolean ? boolean | null : T extends number ? number | `${number}` | null : T;

type Hyphenated<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? First extends Lowercase<First> ? `${First}${Hyphenated<Rest>}` : `-${Lowercase<First>}${Hyphenated<Rest>}`
  : Name;

/** Attributes as markup writes them (`visit-type`): for the templates of frameworks. */
export type FindATimeAttributes = {
  [Name in keyof FindATimeProperties as Hyphenated<Name>]?: Given<FindATimeProperties[Name]> | undefined;
};

export class FindATimeElement extends HTMLElement {
  /** Called inside the patient's click at the booking step, and once more after a 401; `null` = not signed in. */
  getToken: (() => Promise<string | null> | string | null) | null;
  /** Own wording, by message key. Set it anew to change it. */
  strings: Record<string, string> | null;
  /** Asked with the patient's details and sent along. */
  questions: FindATimeQuestion[] | null;
  /** The page's card field: gives a token when a visit is sent. */
  cardToken: (() => Promise<string | null>) | null;

  readonly state: FindATimeState;
  /** The last 50. */
  readonly diagnostics: FindATimeDiagnostic[];

  /** There is a token now: ask again. */
  signedIn(): void;
  /** Read times again (and load again what could not be loaded). */
  refresh(): void;
  /** Start over and forget every entry and a confirmed visit; a visit that could not be confirmed stays in brief. */
  reset(): void;
  /** Focus the first control inside, else the fallback's. */
  focus(options?: FocusOptions): void;

  addEventListener<K extends keyof FindATimeElementEventMap>(
    type: K,
    listener: (this: FindATimeElement, event: FindATimeElementEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
  removeEventListener<K extends keyof FindATimeElementEventMap>(
    type: K,
    listener: (this: FindATimeElement, event: FindATimeElementEventMap[K]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | EventListenerOptions): void;
}

export interface FindATimeElement extends FindATimeProperties {}

declare global {
  interface HTMLElementTagNameMap {
    "find-a-time": FindATimeElement;
  }
  // They bubble, so that a page may listen anywhere.
  interface GlobalEventHandlersEventMap extends FindATimeEventMap {}
}
