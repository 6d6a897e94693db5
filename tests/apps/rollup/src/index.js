import "find-a-time";
import { accessToken } from "./session.js";

document.querySelector("find-a-time").getToken = accessToken;
