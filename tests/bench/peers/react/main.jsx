// The times with React: components, two reads in an effect, a state for each answer.
import { Fragment, useEffect, useMemo, useState } from "react";
import { createRoot } from "react-dom/client";
import { readClinician, readTimes } from "../common/api.js";
import { clinicianName, openDays, zoneLine } from "../common/days.js";
import { words } from "../common/words.js";

/** @param {import("../common/days.js").Day} props */
function Day({ name, count, places }) {
  return (
    <div className="day">
      <h3 className="day-name">
        {name} <span className="quiet">{count}</span>
      </h3>
      {places.map(({ key, name, times }) => (
        <Fragment key={key}>
          <h4 className="place">{name}</h4>
          <div className="times">
            {times.map(({ key, clock, label }) => (
              <button key={key} className="time" type="button" aria-label={label}>
                {clock}
              </button>
            ))}
          </div>
        </Fragment>
      ))}
    </div>
  );
}

/** @param {{ settings: import("../common/api.js").Settings, lang: string }} props */
function Times({ settings, lang }) {
  const [schedule, setSchedule] = useState(/** @type {any} */ (null));
  const [clinician, setClinician] = useState(/** @type {any} */ (null));
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    readTimes(settings).then(setSchedule, () => setFailed(true));
    readClinician(settings).then(setClinician, () => {});
  }, [settings]);
  const days = useMemo(() => schedule && openDays(schedule, clinician, lang), [schedule, clinician, lang]);
  const { texts } = words(lang);
  return (
    <>
      <h2 className="heading">{texts.heading}</h2>
      <p className="strong">{clinician && clinicianName(clinician)}</p>
      <p className="quiet">{schedule && zoneLine(schedule, lang)}</p>
      <div className="days">
        {days ? days.map((day) => <Day {...day} key={day.key} />) : <p className="quiet">{failed ? texts.failed : texts.reading}</p>}
      </div>
    </>
  );
}

const root = /** @type {HTMLElement} */ (document.getElementById("times"));
createRoot(root).render(<Times settings={/** @type {any} */ (root.dataset)} lang={document.documentElement.lang} />);
