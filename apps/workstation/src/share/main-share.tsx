import "@mantine/core/styles.css";
import "../main.css";
import { createRoot } from "react-dom/client";
import { SharePage } from "./share-page.tsx";

const root = document.getElementById("root");
if (root === null) throw new Error("share.html has no #root");
// The link's token stands where no server logs it, and leaves the address: the viewer's routes stand there, too.
const link = /^#share=([A-Za-z0-9_-]{43})$/.exec(location.hash)?.[1] ?? sessionStorage.getItem("etalon-share") ?? "";
sessionStorage.setItem("etalon-share", link);
history.replaceState(null, "", "#/");
createRoot(root).render(<SharePage link={link} />);
