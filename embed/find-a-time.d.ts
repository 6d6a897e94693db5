/**
 * Types of `<find-a-time>`: its attributes, properties, methods and events. `docs/attributes.md` and `docs/events.md` describe
 * each of them in full.
 */

/**
 * The step that is on screen:
 * - `loading`: times, or waits, are being read.
 * - `times`: the list of times to choose from.
 * - `queue`: visits on demand, as soon as a clinician is free.
 * - `sign-in`: a token is needed.
 * - `patient`: the patient's details.
 * - `review`: the visit, before it is sent.
 * - `sending`: the booking is being sent.
 * - `taken`: somebody else has booked the time; the nearest ones are offered.
 * - `unconfirmed`: it is not known whether the visit is booked.
 * - `booked`: the confirmation, or the wait of a joined on-demand visit.
 * - `visits`: "My visits", the patient's list.
 * - `unavailable`: nothing can be booked here; the fallback or the phone number is shown.
 */
export type FindATimeState =
  | "loading" | "times" | "queue" | "sign-in" | "patient" | "review"
  | "sending" | "taken" | "unconfirmed" | "booked" | "visits" | "unavailable";

/**
 * Why the system refused a booking. Without `event-details="full"` the reason is `slot-taken` or `refused`.
 * - `slot-taken`: somebody else has booked the time.
 * - `refused`: any other refusal.
 * - `double-booked`: the patient has another visit at that time.
 * - `unknown-conflict`: the system did not say why.
 * - `not-on-panel`: the clinician sees only patients of their own panel.
 * - `account-locked`: the patient's account is locked.
 * - `no-links`: the system has no record of the patient that the visit could be booked for.
 */
export type FindATimeConflict =
  | "slot-taken" | "refused" | "double-booked" | "unknown-conflict" | "not-on-panel" | "account-locked" | "no-links";

/**
 * Why an attempt ended without a booking and without a refusal.
 * - `network`: no answer, before anything was booked; the patient may be offline.
 * - `server`: the system cannot book at the moment.
 * - `signed-out`: there is no valid token: rejected twice, withdrawn, of another person, or missing.
 * - `rejected`: the system does not accept the request, or `cardToken` gave no token.
 * - `contract`: the system's answer could not be read.
 */
export type FindATimeFailure = "network" | "server" | "signed-out" | "rejected" | "contract";

/** A problem, or a hint, for the page's owner; it holds no patient data, but may repeat an attribute's value. */
export interface FindATimeDiagnostic {
  /** The name under which `docs/troubleshooting.md` describes it, such as `needs-attribute`. */
  readonly code: string;
  readonly level: "info" | "warning" | "error";
  /** What the element found, in English. */
  readonly message: string;
  /** What the page's owner can do about it, in English. */
  readonly mend: string;
}

/** A question of the page's own, asked in the patient step. The answer is sent with the visit (at most 500 characters). */
export interface FindATimeQuestion {
  /** The question as the patient reads it: at most 500 characters. */
  question: string;
  /** The answers to choose from, of at most 500 characters each. Without them the patient types an answer. */
  choices?: string[];
  /** Whether an answer is needed to go on; `false` by default. */
  required?: boolean;
}

/**
 * A time. It says something about a person's care, so events have it only with `event-details="full"`, or where the element offers
 * the time to the page (`booking="event"`, or no other way to book).
 */
export interface FindATimeSlot {
  /** Start, in RFC 3339 with the offset that the system wrote: `2026-12-08T10:50:00-08:00`. */
  readonly instant: string;
  /** IANA time zone of the clinic, such as `America/Los_Angeles`; `null` if the system does not say. */
  readonly zone: string | null;
  /** The clinic: its EHR system and its id there, separated by a bar. */
  readonly department: string;
  /** Short name of the visit type, such as `FluShot`. */
  readonly visitType: string;
  /** The clinician's National Provider Identifier: ten digits. */
  readonly npi: string;
  /** Length in minutes; `0` if the system does not say. */
  readonly duration: number;
}

/** What the `detail` of every event has. All of it is frozen. */
export interface FindATimeDetail {
  /** Version of the events' format. */
  readonly version: 1;
  /** The attribute `product`, or `find-a-time` without it. */
  readonly product: string;
}

/** The element's events. All of them bubble and are composed: listen on the element or on `document`. */
export interface FindATimeEventMap {
  /**
   * Times, or the waits of an on-demand practice, are on screen; fires once for each set of attributes. `count`: distinct
   * bookable times, `0` for an on-demand practice. `ms`: milliseconds since the element was upgraded.
   */
  "findatime-shown": CustomEvent<FindATimeDetail & { readonly count: number; readonly ms: number }>;
  /** The state has changed. */
  "findatime-step": CustomEvent<FindATimeDetail & { readonly from: FindATimeState; readonly to: FindATimeState }>;
  /**
   * The patient has chosen a time. Cancelable: after `preventDefault()` the element stays at the times, and the page does the
   * rest. `slot` is present with `event-details="full"`, and where the element offers the time to the page (see
   * `FindATimeSlot`); there, reading it also means that the page books.
   */
  "findatime-selected": CustomEvent<FindATimeDetail & { readonly slot?: FindATimeSlot }>;
  /**
   * A token is needed, and `getToken` gave none or is not set. Cancelable: after `preventDefault()`, or `respondWith` with a
   * token or a promise of one (only the first call counts), the sign-in step waits for the token. `resume` is
   * the value for the attribute `resume`, for a sign-in that leaves the page: valid for half an hour, and empty if there is
   * no time or line to come back to.
   */
  "findatime-signin": CustomEvent<
    FindATimeDetail & { readonly resume: string; respondWith(token: Promise<string | null> | string | null): void }
  >;
  /**
   * A booking is being sent. Exactly one of `findatime-booked`, `-conflict`, `-unconfirmed` and `-failed` follows. `attempt`
   * counts the patient's presses on "Book this visit", from 1.
   */
  "findatime-submit": CustomEvent<FindATimeDetail & { readonly attempt: number }>;
  /** The system has confirmed the booking. `visitId` and, unless on demand, `slot` are present with `event-details="full"`. */
  "findatime-booked": CustomEvent<FindATimeDetail & { readonly visitId?: string; readonly slot?: FindATimeSlot }>;
  /** The system has refused the booking. */
  "findatime-conflict": CustomEvent<FindATimeDetail & { readonly reason: FindATimeConflict }>;
  /** It is not known whether the visit is booked. */
  "findatime-unconfirmed": CustomEvent<FindATimeDetail>;
  /** The attempt ended in another way; nothing was booked. */
  "findatime-failed": CustomEvent<FindATimeDetail & { readonly reason: FindATimeFailure }>;
  /** The patient has cancelled a visit, or left a line. `visitId` is present with `event-details="full"`. */
  "findatime-cancelled": CustomEvent<FindATimeDetail & { readonly visitId?: string }>;
  /**
   * The patient is about to leave for DexCare's scheduling pages. Cancelable: after `preventDefault()` the patient stays.
   * `url` is present only with `event-details="full"`.
   */
  "findatime-handoff": CustomEvent<FindATimeDetail & { readonly url?: string }>;
  /** A diagnostic for the page's owner. */
  "findatime-diagnostic": CustomEvent<FindATimeDetail & FindATimeDiagnostic>;
}

/** The events that fire on the element: its own and those of every HTML element. */
export interface FindATimeElementEventMap extends HTMLElementEventMap, FindATimeEventMap {}

/**
 * Properties that reflect the attribute of the same name (`visitType` reflects `visit-type`). A text is `null` without its
 * attribute; a number is then its default. Setting `null` or `undefined` removes the attribute. The types list the values that
 * the element understands: for any other value, `findatime-diagnostic` fires and the default applies.
 */
export interface FindATimeProperties {
  /** URL of the API host, with `https`. Required. */
  api: string | null;
  /** URL of the Visit host. Without it the element cannot book: it links to DexCare's pages, or offers the time to the page. */
  visits: string | null;
  /** URL of DexCare's scheduling pages, for `booking="link"`. */
  scheduling: string | null;
  /** `uat` says on screen that bookings are not real. Default: `prd`. */
  tier: "prd" | "uat" | null;
  /** The health system's brand name in DexCare. Alone, it lists the brand's clinics. */
  brand: string | null;
  /** The name under which the list of insurers is read. Default: the brand. */
  tenant: string | null;
  /** Value of the request header `domain`; it is sent only if this is set. */
  domain: string | null;
  /** Value of the request header `x-api-key`; it is sent only if this is set. Everybody who opens the page can read it. */
  apiKey: string | null;
  /** The page's use case, sent with every request and in every event. Default: `find-a-time`. */
  product: string | null;
  /** The list of a clinician's times that the health system serves. Default: `v4`. */
  providerSlots: "v4" | "v5" | null;
  /** Times, visits on demand (needs `practice`), or both with a comparison. Default: `scheduled`. */
  mode: "scheduled" | "on-demand" | "both" | null;
  /** National Provider Identifier of a clinician: ten digits. Several are separated by spaces. */
  npi: string | null;
  /** `urlName` of a clinic. Several are separated by spaces. */
  department: string | null;
  /** A ZIP code, `latitude,longitude`, or an empty text to ask the patient for a place. */
  near: string | null;
  /** UUID of an on-demand practice. Needs `visits`. */
  practice: string | null;
  /** With `practice`: code of the region, such as `WA`. Without it the patient is asked, if there are several. */
  region: string | null;
  /** With `npi` and `practice`: the key under which the NPI is sent, at most 80 characters. Agree on it with DexCare first. */
  clinicianLine: string | null;
  /** Short name of a visit type, in the system's letter case. Several are separated by commas. Default: the patient chooses. */
  visitType: string | null;
  /** Preset for `near`, and for times of `provider-slots="v5"`. Default: both. */
  patientType: "new" | "established" | null;
  /** Preset for `near`, in the system's words. */
  specialty: string | null;
  /** Preset for `near`: the clinician's gender, in the system's words. */
  gender: string | null;
  /** Preset for `near`, in the system's words. */
  clinicType: string | null;
  /** The view that comes first. Default, and the only one in this version: `list`. */
  view: "list" | "strip" | "month" | null;
  /** Where a chosen time is booked: here, on DexCare's pages, or by the page. Default: the first of them that is possible. */
  booking: "inline" | "link" | "event" | null;
  /** Has no effect in this version, except a diagnostic. */
  timeZone: string | null;
  /** `full` adds to events what says something about a person's care. */
  eventDetails: "full" | null;
  /** The value of a `findatime-signin` event, after a sign-in that left the page. Valid for half an hour. */
  resume: string | null;
  /** URL of the folder with the release's other files. Default: the script's folder. */
  assets: string | null;
  /** With `lazy`, the element reads nothing until it is within about one and a half screens. Default: `eager`. */
  loading: "eager" | "lazy" | null;
  /** With `department` and `practice`: offers the clinic's line. Default: `false`. Agree on it with DexCare first. */
  clinicLine: boolean;
  /** Offers an interpreter for on-demand visits. Default: `false`. */
  interpreter: boolean;
  /** Shows every diagnostic on the page, for its owner. Default: `false`. */
  doctor: boolean;
  /** Distance around `near` in miles, 1 to 100. Default: 30. */
  radius: number;
  /** How many days with times are shown before "Show more days", 1 to 60. Default: 10. */
  days: number;
  /** How many days ahead to look, 1 to 400. Default: 90. */
  maxDays: number;
  /** Level of the first heading inside, 2 to 6. Default: 2. */
  headingLevel: number;
}

/** An attribute's value as frameworks pass it: numbers also as text, and `null` to leave the attribute out. */
type Given<T> = T extends boolean ? boolean | null : T extends number ? number | `${number}` | null : T;

/** `visitType` becomes `visit-type`. */
type Hyphenated<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? First extends Lowercase<First> ? `${First}${Hyphenated<Rest>}` : `-${Lowercase<First>}${Hyphenated<Rest>}`
  : Name;

/** Attributes as markup has them (`visit-type`), for the templates of frameworks. */
export type FindATimeAttributes = {
  [Name in keyof FindATimeProperties as Hyphenated<Name>]?: Given<FindATimeProperties[Name]> | undefined;
};

/** The element `<find-a-time>`. Its properties may be set before the script has loaded. */
export class FindATimeElement extends HTMLElement {
  /**
   * Returns the patient's access token, or `null` if nobody is signed in. Called inside the patient's click on a time, so that it
   * may open a pop-up; again at "Book this visit"; and once more after the system has rejected the token. Default: `null`.
   */
  getToken: (() => Promise<string | null> | string | null) | null;
  /**
   * Replaces wording: message key to text. Keys and placeholders such as `{date}` are those of `locales/en.txt`. Set a new
   * object to change it. Default: `null`.
   */
  strings: Record<string, string> | null;
  /** At most 20 questions, asked with the patient's details. Set a new array to change them. Default: `null`. */
  questions: FindATimeQuestion[] | null;
  /**
   * Returns a token of the page's own card field, or `null`. Called when an on-demand visit is sent that is paid by card; each
   * token is used for one booking. Without it, the element offers no payment by card. Default: `null`.
   */
  cardToken: (() => Promise<string | null>) | null;

  /** The step that is on screen. */
  readonly state: FindATimeState;
  /** The last 50 diagnostics, oldest first. */
  readonly diagnostics: FindATimeDiagnostic[];

  /** Asks `getToken` again. Call it when the patient has signed in. */
  signedIn(): void;
  /** Reads the times again, and loads again the files that could not be loaded. */
  refresh(): void;
  /**
   * Starts over, and forgets every entry and a confirmed visit: call it when somebody signs out. A visit that could not be
   * confirmed stays on screen in brief. While a booking is being sent, waits for its outcome.
   */
  reset(): void;
  /** Focuses the first control inside, or else the first link or control of the fallback. */
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
  // The events bubble, so they are typed for listeners on any element, `document` and `window`.
  interface GlobalEventHandlersEventMap extends FindATimeEventMap {}
}
