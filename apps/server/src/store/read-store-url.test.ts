import { expect, test } from "vitest";
import { readStoreUrl } from "./read-store-url.ts";

test("a folder and a bucket", () => {
  expect(readStoreUrl("file:///srv/images%20here")).toEqual({ kind: "files", folder: "/srv/images here" });
  expect(readStoreUrl("s3://images")).toEqual({
    kind: "s3",
    place: { bucket: "images", prefix: "", endpoint: undefined, region: "us-east-1" },
  });
  expect(readStoreUrl("s3://images/a/b%20c/?endpoint=http://10.0.0.7:9000&region=eu-west-3")).toEqual({
    kind: "s3",
    place: { bucket: "images", prefix: "a/b c/", endpoint: "http://10.0.0.7:9000", region: "eu-west-3" },
  });
});

test.each([
  "images",
  "https://images",
  "s3://",
  "s3://key:secret@images",
  "s3://images?endpoint=minio:9000",
  "s3://images?acl=x",
])("%s is neither", (text) => {
  expect(readStoreUrl(text)).toBeUndefined();
});
