import { Component, signal } from "@angular/core";
import { FindATime } from "find-a-time/angular";
import { accessToken } from "./session";

@Component({
  selector: "app-root",
  imports: [FindATime],
  template: `
    <h1>Dana Whitfield, MD</h1>
    <find-a-time
      assets="/find-a-time"
      api="https://api.care.example.org"
      visits="https://ecvapi.care.example.org"
      [npi]="npi()"
      visit-type="NewPatient"
      product="findadoctor"
      [getToken]="accessToken"
      (findatime-booked)="isBooked.set(true)"
    >
      <p>To book, call <a href="tel:+12065550142">206-555-0142</a>.</p>
    </find-a-time>
    @if (isBooked()) {
      <p>Thank you. Please bring your insurance card.</p>
    }
  `,
})
export class App {
  readonly npi = signal("1234567893");
  readonly isBooked = signal(false);
  readonly accessToken = accessToken;
}
