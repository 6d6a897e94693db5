"use client";

import { useState } from "react";
import { FindATime } from "./FindATime";
import { accessToken } from "./session";

export function Booking({ npi }: { npi: string }) {
  const [isBooked, setBooked] = useState(false);
  return (
    <>
      <FindATime
        api="https://api.care.example.org"
        visits="https://ecvapi.care.example.org"
        npi={npi}
        visit-type="NewPatient"
        product="findadoctor"
        getToken={accessToken}
        on={{ "findatime-booked": () => setBooked(true) }}
      >
        <p>To book, call <a href="tel:+12065550142">206-555-0142</a>.</p>
      </FindATime>
      {isBooked && <p>Thank you. Please bring your insurance card.</p>}
    </>
  );
}
