import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { apiOperation } from "../api/api-operation.ts";
import { parseAsked, rowIdSchema, textSchema } from "../api/parse-asked.ts";
import { answerProblem } from "../dicomweb/problem.ts";
import type { AccountConfig } from "./account-config.ts";
import type { AccountRoutes } from "./account-routes.ts";
import { type Account, changeAccount, createAccount, listAccounts, readAccount } from "./accounts.ts";
import { noteEvent, objectOf } from "./note-event.ts";
import { registerOidc } from "./oidc/register-oidc.ts";
import { registerGrants } from "./register-grants.ts";
import { registerSession } from "./register-session.ts";
import { registerTokens } from "./register-tokens.ts";
import { roles } from "./roles.ts";
import { newOneTimePassword } from "./secrets.ts";

const nameSchema = z
  .string()
  .max(100)
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._@-]*$/u, "letters, digits, . _ @ -");
const newSchema = z.strictObject({ name: nameSchema, displayName: textSchema.max(200), role: z.enum(roles) });
const changeSchema = z.strictObject({
  displayName: textSchema.max(200).optional(),
  role: z.enum(roles).optional(),
  disabled: z.boolean().optional(),
  /** true: gives a new one-time password, which is shown once. */
  resetPassword: z.boolean().optional(),
});
const accountSchema = z.object({
  id: z.number(),
  name: z.string(),
  displayName: z.string(),
  role: z.enum(roles),
  disabled: z.boolean(),
  mustChangePassword: z.boolean(),
  signsInBy: z.enum(["password", "oidc"]),
  createdAt: z.string(),
  /** Shown once. */
  oneTimePassword: z.string().optional(),
});

const managing = { config: { access: ["manage-accounts"] } } as const;
const one = { 200: { description: "The account.", schema: accountSchema } };
const absent = { 404: { description: "There is no such account." } };

/** Accounts, sessions, tokens and grants on a Fastify scope, which gives the prefix: `{ prefix: "/api" }`. */
export function registerAccounts(
  app: FastifyInstance,
  routes: AccountRoutes & Pick<AccountConfig, "oidc" | "publicUrl">,
): void {
  const { oidc, publicUrl } = routes;
  app.setErrorHandler(answerProblem);
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => (data) => (typeof data === "string" ? data : JSON.stringify(data)));
  registerSession(app, routes);
  registerTokens(app, routes);
  registerGrants(app, routes);
  registerManaging(app, routes);
  if (oidc !== undefined) registerOidc(app, { ...routes, oidc, publicUrl });
}

function registerManaging(app: FastifyInstance, routes: AccountRoutes): void {
  const { place, access } = routes;
  const noteChange = (request: FastifyRequest, id: number): Promise<void> => {
    const { accountId } = access.principalOf(request);
    const object = objectOf("account", id);
    return noteEvent(routes, request, { accountId, action: "change", outcome: "success", object });
  };
  const list = apiOperation({
    tag: "Accounts",
    summary: "List accounts",
    answers: { 200: { description: "By name.", schema: z.array(accountSchema) } },
  });
  app.get("/accounts", { ...managing, schema: list }, async () =>
    (await listAccounts(place)).map((each) => shown(each)),
  );
  const read = apiOperation({
    tag: "Accounts",
    summary: "Read an account",
    params: rowIdSchema,
    answers: { ...one, ...absent },
  });
  app.get("/accounts/:id", { ...managing, schema: read }, async (request) =>
    shown(await readAccount(place, parseAsked(rowIdSchema, request.params).id)),
  );
  const make = apiOperation({
    tag: "Accounts",
    summary: "Make an account with a one-time password",
    body: newSchema,
    answers: {
      201: { description: "The account, with its password, shown once.", schema: accountSchema },
      409: { description: "The name is taken." },
    },
  });
  app.post("/accounts", { ...managing, schema: make }, async (request, reply) => {
    const asked = parseAsked(newSchema, request.body);
    const password = newOneTimePassword();
    const account = await createAccount(place, { ...asked, password, mustChangePassword: true });
    await noteChange(request, account.id);
    return reply.code(201).send(shown(account, password));
  });
  const change = apiOperation({
    tag: "Accounts",
    summary: "Change an account, disable it, or reset its password",
    description: "Another role, a reset password or a disabled account ends its sessions and tokens.",
    params: rowIdSchema,
    body: changeSchema,
    answers: { ...one, ...absent, 409: { description: "Nobody could manage accounts any more." } },
  });
  app.patch("/accounts/:id", { ...managing, schema: change }, async (request) => {
    const { id } = parseAsked(rowIdSchema, request.params);
    const { displayName, role, disabled, resetPassword } = parseAsked(changeSchema, request.body);
    const oneTimePassword = resetPassword === true ? newOneTimePassword() : undefined;
    const account = await changeAccount(place, id, { displayName, role, isDisabled: disabled, oneTimePassword });
    await noteChange(request, id);
    return shown(account, oneTimePassword);
  });
}

function shown(
  { isDisabled, createdAt, ...account }: Account,
  oneTimePassword?: string,
): z.output<typeof accountSchema> {
  return {
    ...account,
    disabled: isDisabled,
    createdAt: createdAt.toISOString(),
    ...(oneTimePassword === undefined ? {} : { oneTimePassword }),
  };
}
