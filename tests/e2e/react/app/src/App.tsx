import { useCallback, useState } from "react";
import { FindATime } from "./FindATime";
import type { Settings } from "./settings";

const CLINICIANS = { "1234567893": "Dana Whitfield, MD", "1234986739": "Tobias Lindqvist, MD" };

export function App({ settings }: { settings: Settings }) {
  const [npi, setNpi] = useState("1234567893");
  const [booked, setBooked] = useState(false);
  const getToken = useCallback(() => settings.token, [settings]);

  return (
    <main>
      <h1>Find a doctor</h1>
      <label>
        Clinician
        <select value={npi} onChange={(event) => setNpi(event.target.value)}>
          {Object.entries(CLINICIANS).map(([npi, name]) => <option key={npi} value={npi}>{name}</option>)}
        </select>
      </label>
      <FindATime
        api={settings.api}
        visits={settings.visits}
        product="findadoctor"
        npi={npi}
        visit-type="NewPatient"
        getToken={getToken}
        on={{ "findatime-booked": () => setBooked(true) }}
      >
        <p>To book, call <a href="tel:+12065550142">206-555-0142</a>.</p>
      </FindATime>
      {booked && <p>Thank you. Please bring your insurance card.</p>}
    </main>
  );
}
