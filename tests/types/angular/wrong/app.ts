import { Component } from "@angular/core";
import { FindATime } from "find-a-time/angular";

@Component({
  selector: "app-root",
  imports: [FindATime],
  template: `
    <find-a-time tier="beta"></find-a-time>
    <find-a-time [visit-type]="5"></find-a-time>
    <find-a-time [clinician]="'Whitfield'"></find-a-time>
    <find-a-time [getToken]="'a token'"></find-a-time>
  `,
})
export class App {}
