import { example } from "./listen/example";
import { player } from "./player/player";
import { showTheme } from "./theme";
import { store } from "./store";
import "./app";

// The token has become a cookie; it needs not stand in the address, where others may see it.
const here = new URL(location.href);
if (here.searchParams.has("token")) {
  here.searchParams.delete("token");
  history.replaceState(null, "", here);
}

showTheme();
store.open();

// For tests, and for who wants to look at what would sound.
Object.assign(window, { studio: { player, example } });
