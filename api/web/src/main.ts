import "./trusted";
import { mount } from "svelte";
import App from "./App.svelte";
import { keepFocus } from "./focus";
import "./styles/tokens.css";
import "./styles/page.css";

const target = document.getElementById("app")!;
target.replaceChildren(); // what was to be seen until this ran
mount(App, { target });
keepFocus();
