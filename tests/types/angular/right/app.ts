import { Component } from "@angular/core";
import { FindATime } from "find-a-time/angular";

@Component({
  selector: "app-root",
  imports: [FindATime],
  template: `
    <find-a-time [npi]="npi" visit-type="NewPatient" [radius]="20" tier="uat" doctor class="wide" [getToken]="getToken" (findatime-booked)="told()">
      <p>Call 206-555-0142</p>
    </find-a-time>
  `,
})
export class App {
  readonly npi = "1234567893";
  readonly getToken = () => "a token";
  told() {}
}
