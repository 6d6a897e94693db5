/**
 * Types of `<find-a-time>`: its attributes, properties, methods and events. `docs/attributes.md` and `docs/events.md` describe
 * each of them in full.
 */

/**
 * The step that is on screen:
 * - `loading`: times, or waits, are being read.
 * - `times`: the patient chooses a time, or before it a place or clinic; also while a chosen time is looked up, or the page handles it.
 * - `queue`: the patient chooses a visit on demand, as soon as a clinician is free.
 * - `sign-in`: the patient has to sign in, since the element has no token.
 * - `patient`: the patient's details.
 * - `review`: the visit, before it is sent.
 * - `sending`: the booking is being sent.
 * - `taken`: the time cannot be booked any more, or conflicts with another visit; the element offers the nearest times.
 * - `unconfirmed`: it is not known whether the visit is booked.
 * - `booked`: the confirmation, or the wait of a joined on-demand visit.
 * - `visits`: "My visits", the patient's list.
 * - `unavailable`: nothing can be booked here, the system refused the booking because of the patient, or the chosen time can only be
 *   booked by phone; the fallback or the phone number is shown.
 */
export type FindATimeState =
  | "loading" | "times" | "queue" | "sign-in" | "patient" | "review"
  | "sending" | "taken" | "unconfirmed" | "booked" | "visits" | "unavailable";

/**
 * Why the system refused a booking. Without `event-details="full"` the reason is `slot-taken` or `refused`.
 * - `slot-taken`: somebody else has booked the time.
 * - `refused`: any other refusal; with `event-details="full"` only that the line is full or no clinician is free.
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
 * - `network`: a call before the booking got no answer, so nothing is booked; the patient may be offline.
 * - `server`: the system reported an error of its own, or too many requests.
 * - `signed-out`: the element has no valid token: it was rejected twice, was withdrawn, belongs to another person, or is missing.
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

/** The fields that the `detail` of every event has. The `detail` is frozen, with everything in it. */
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
   * `FindATimeSlot`). If the element offers the time, a listener that reads `slot` also takes the time: the page then books it.
   */
  "findatime-selected": CustomEvent<FindATimeDetail & { readonly slot?: FindATimeSlot }>;
  /**
   * The element needs a token, and `getToken` returned none or is not set. Cancelable: after `preventDefault()`, or
   * `respondWith` with a token or a promise of one (only the first call counts), the sign-in step waits for the token. After
   * `preventDefault()`, `respondWith` may also be called later. `resume` is the value for the attribute `resume`, for a sign-in
   * that leaves the page: valid for half an hour, and empty if there is no time or line to come back to.
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
  /** The clinician's National Provider Identifier: ten digits, the check digit is verified. Several are separated by spaces. */
  npi: string | null;
  /** The clinic's `urlName` as DexCare lists it, not its display name. Several are separated by spaces. */
  department: string | null;
  /**
   * A ZIP code, `latitude,longitude`, or empty: then the patient is asked for a place, and may press "Use my location". A town is
   * understood if `brand` is set and one of its clinics is in that town; no map or geocoding service is used. Coordinates are rounded
   * to two decimals, about a kilometer.
   */
  near: string | null;
  /** How far around `near`, in miles: a whole number from 1 to 100. The patient can widen it when nothing is found. Default: `30`. */
  radius: number;
  /** The practice's UUID. Needs `visits`. */
  practice: string | null;
  /**
   * With `practice`: the code of the region (mostly a state) the patient is in. Without it the patient is asked, unless the practice
   * has only one.
   */
  region: string | null;
  /**
   * The health system's brand name in DexCare. As the only target, it lists the brand's clinics. With another target, it is needed for
   * the link of `booking="link"`, for towns in `near`, and for the reasons shown when a patient cancels.
   */
  brand: string | null;
  /**
   * `scheduled`: times. `on-demand`: only visits as soon as somebody is free. `both`: times, and beside them what else the page names
   * (`near`, `practice`), with a comparison of what is soonest. `on-demand` needs `practice`; `both` needs `practice`, or `near`
   * beside `npi`. If `practice` is the only target, `on-demand` is the default. Default: `scheduled`.
   */
  mode: "scheduled" | "on-demand" | "both" | null;
  /**
   * The short name of a visit type, or several separated by commas. Letter case counts. If it is set, the element requests the times
   * of a clinician or a clinic at once; without it, the element first reads which visit types there are. Default: the patient is asked
   * if there is a choice.
   */
  visitType: string | null;
  /**
   * `new` or `established`. With `near` it is a preset that the patient can change; with `provider-slots="v5"` only times for such
   * patients are read; elsewhere it has no effect. Default: both.
   */
  patientType: "new" | "established" | null;
  /** Preset for `near`, in the system's own words. The patient can change it. Default: any. */
  specialty: string | null;
  /** Preset for `near`: the clinician's gender, in the system's own words. The patient can change it. Default: any. */
  gender: string | null;
  /** Preset for `near`, in the system's own words. Default: any. */
  clinicType: string | null;
  /**
   * `v4` or `v5`: which list of a clinician's times the health system serves. A time of v5 is looked up once more before it is booked.
   * Default: `v4`.
   */
  providerSlots: "v4" | "v5" | null;
  /** How many open days are shown before "Show more days": 1 to 60. Default: `10`. */
  days: number;
  /** How many days ahead to look: 1 to 400. If the health system's own limit is lower, that limit is used. Default: `90`. */
  maxDays: number;
  /**
   * Which view is shown first. Only `list` is built; `strip` and `month` are reported as `not-yet`, and the list is shown. Default:
   * `list`.
   */
  view: "list" | "strip" | "month" | null;
  /**
   * Not built in this version: it is reported as `not-yet`. Times at a clinic are shown in the clinic's time zone, which is named on
   * screen.
   */
  timeZone: string | null;
  /**
   * The API host of the DexCare tier. `https`; `http` only on `localhost`, `127.0.0.1` and `[::1]`. No user name, query or fragment.
   * Required.
   */
  api: string | null;
  /** The Visit host. Without it the element shows times but does not book them itself. A trailing `/api/9` is removed and reported. */
  visits: string | null;
  /**
   * DexCare's scheduling pages, for the link of `booking="link"`. The element sends no request there; the patient's browser opens
   * these pages.
   */
  scheduling: string | null;
  /**
   * The page's use case. Sent with every request, so that DexCare can tell the pages apart, and in every event. Default:
   * `find-a-time`, with a diagnostic.
   */
  product: string | null;
  /**
   * `prd` or `uat`. `uat` shows on screen that bookings are not real, and reports `test-tier`, so that a test tag on a live page is
   * noticed. It does not change where requests go: `api` and `visits` do. Default: `prd`.
   */
  tier: "prd" | "uat" | null;
  /** The tenant whose list of insurers is offered. Default: the brand. */
  tenant: string | null;
  /** Sent as the header `domain`, only when set. Costs a preflight request. */
  domain: string | null;
  /**
   * Sent as the header `x-api-key`, only when set. Costs a preflight request. Everybody who opens the page can read it: use only a key
   * that DexCare made for web pages.
   */
  apiKey: string | null;
  /** The folder of the other files, when they are not beside the script. Default: the script's own folder. */
  assets: string | null;
  /**
   * `inline`: booked in the element; needs `visits`, and a token by `getToken` or `respondWith`. `link`: DexCare's scheduling pages
   * open with the time; needs `scheduling` and `brand`. `event`: the page takes the time from `findatime-selected`. Default: what the
   * page makes possible.
   */
  booking: "inline" | "link" | "event" | null;
  /**
   * The value of a `findatime-signin` event, after a sign-in that left the page. The time is looked up again, and the patient
   * continues with it if it is still open. Valid for half an hour.
   */
  resume: string | null;
  /** Offers an interpreter for visits by video or phone, if the practice accepts one. Default: off. */
  interpreter: boolean;
  /**
   * With `department` and `practice`: offers a line of that clinic (of the first, if there are several). Agree on it with DexCare
   * first. Default: off.
   */
  clinicLine: boolean;
  /**
   * With `npi` and `practice`: offers a line for that clinician (for the first, if there are several). The value is the key under
   * which the NPI is sent, at most 80 characters. Agree on it with DexCare first. Default: off.
   */
  clinicianLine: string | null;
  /**
   * How many further times a patient may name in case the chosen one is taken, 0 to 3. Not built in this version: more than 0 is
   * reported as `not-yet`. A patient whose time is taken is offered other times. Default: `0`.
   */
  backupTimes: number;
  /**
   * How many people can be booked together at one clinic, 1 to 6. Not built in this version: more than 1 is reported as `not-yet`. A
   * caregiver books for one person after another. Default: `1`.
   */
  people: number;
  /**
   * Whether a `correlation-id` is sent with each write, and shown with each error of a booking. Not built in this version: it is
   * reported as `not-yet`. Default: off.
   */
  supportReference: boolean;
  /**
   * As for images: with `lazy` the element reads nothing until it is on the screen or at most about one and a half screens away. Until
   * then it shows your fallback, and later a skeleton. With `eager` the elements on the screen come before the others. See long lists.
   * Default: `eager`.
   */
  loading: "eager" | "lazy" | null;
  /** Level of the first heading inside, 2 to 6; the headings under it have the next levels. Default: `2`. */
  headingLevel: number;
  /**
   * `full` adds the fields that say something about a person's care to events. Read privacy-and-security.md before you set it.
   * Default: off.
   */
  eventDetails: "full" | null;
  /** Shows every diagnostic on the page, for its owner. Remove it before patients see it. Default: off. */
  doctor: boolean;
}

/** The types in which frameworks may pass an attribute's value: a number also as text, and `null` to leave the attribute out. */
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
   * Returns the patient's access token, or `null` if nobody is signed in. Called inside the patient's click on a time, a line or "My
   * visits", so that it may open a pop-up (but after the click if the time comes from a search or from `provider-slots="v5"`, since such
   * a time is looked up first); again when the patient presses "Book this visit", after `signedIn()`, and once more if the system has
   * rejected the token.
   * Default: `null`.
   */
  getToken: (() => Promise<string | null> | string | null) | null;
  /**
   * Replaces wording: message key to text. Keys and placeholders such as `{date}` are those of `locales/en.txt`. Set a new
   * object to change it. Default: `null`.
   */
  strings: Record<string, string> | null;
  /** At most 20 questions, asked with the patient's details for a time, not for a line. Set a new array to change them. Default: `null`. */
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
   * Starts over: removes every entry, and the confirmation of a booked visit (the visit itself stays booked). Call it when somebody
   * signs out: it also clears what the page's memory keeps of elements that have left the page. A visit that could not be confirmed
   * stays on screen in brief. While a booking is being sent, waits for its outcome.
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
