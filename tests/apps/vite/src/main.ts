import "find-a-time";
import { accessToken } from "./session";

document.querySelector("find-a-time")!.getToken = accessToken;
