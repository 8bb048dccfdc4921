// Tells what semantic-release's own loader makes of configurations: which options it resolves, and with which configuration it
// calls which plugin in which step. Usage:
//   node configurations.mjs FOLDER REPOSITORY…
// FOLDER holds node_modules with semantic-release and its plugins. In the place of the official plugins stand recorders.
// Prints one JSON document a repository, in a line; templates are printed as lodash fills them with samples.
import { createRequire, register } from "node:module";
import path from "node:path";
import { Writable } from "node:stream";
import { pathToFileURL } from "node:url";

const [, , folder, ...repositories] = process.argv;
const require = createRequire(path.join(path.resolve(folder), "x.js"));
const root = path.dirname(require.resolve("semantic-release/package.json"));

const steps = {
  "commit-analyzer": ["analyzeCommits"], "release-notes-generator": ["generateNotes"], changelog: ["verifyConditions", "prepare"],
  npm: ["verifyConditions", "prepare", "publish", "addChannel"], git: ["verifyConditions", "prepare"],
  github: ["verifyConditions", "publish", "addChannel", "success", "fail"],
  exec: ["verifyConditions", "analyzeCommits", "verifyRelease", "generateNotes", "prepare", "publish", "addChannel", "success", "fail"],
};
const hook = `
const steps = ${JSON.stringify(steps)};
export async function load(url, context, next) {
  const m = url.match(/node_modules\\/@semantic-release\\/([^/]+)\\/[^?]*$/);
  if (!m || !steps[m[1]]) return next(url, context);
  const source = steps[m[1]].map((step) => "export const " + step + " = (config) => { if (globalThis.step === " + JSON.stringify(step) + ") globalThis.calls.push({ step: " + JSON.stringify(step) +
    ", plugin: " + JSON.stringify(m[1]) + ", config }); return " + (step === "analyzeCommits" ? "'minor'" : step === "generateNotes" ? "''" : "undefined") + " };").join("\\n");
  return { format: "module", source, shortCircuit: true };
}`;
register("data:text/javascript," + encodeURIComponent(hook));

const { default: getConfig } = await import(pathToFileURL(path.join(root, "lib/get-config.js")));
const { default: template } = await import(pathToFileURL(createRequire(path.join(root, "x.js")).resolve("lodash-es/template.js")));

const sample = {
  nextRelease: { version: "1.3.0", gitTag: "v1.3.0", gitHead: "b".repeat(40), name: "v1.3.0", channel: null, notes: "## 1.3.0\n\n* a b", type: "minor" },
  lastRelease: { version: "1.2.3", gitTag: "v1.2.3", gitHead: "a".repeat(40) }, branch: { name: "main" },
  commits: [{ subject: "feat: a" }, { subject: "fix: b" }], errors: [{ message: "m" }], issue: { number: 7, pull_request: {} }, name: "pre/x",
};
const silent = new Writable({ write: (chunk, encoding, done) => done() });
const nothing = () => {};
const logger = { log: nothing, error: nothing, warn: nothing, success: nothing, scope: () => logger, scopeName: "" };

// filled gives a value with all of its templates filled.
function filled(value) {
  if (Array.isArray(value)) return value.map(filled);
  if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, filled(v)]));
  if (typeof value !== "string" || !/\$\{|<%/.test(value)) return value;
  try {
    return template(value)(sample);
  } catch (error) {
    return `${value}: ${error.message}`;
  }
}

async function resolve(cwd) {
  globalThis.calls = [];
  const context = { cwd, env: { PATH: process.env.PATH, GIT_CONFIG_NOSYSTEM: "1" }, stdout: silent, stderr: silent, logger };
  const { options, plugins } = await getConfig(context, {});
  const input = { ...context, options: { ...options, dryRun: false }, ...structuredClone(sample), releases: [], branches: [] };
  for (const step of steps.exec) {
    globalThis.step = step; // while it prepares it asks for notes once more
    await plugins[step](input);
  }
  const { branches, tagFormat, repositoryUrl, dryRun, noCi } = options;
  return { branches: filled(branches), tagFormat, repositoryUrl, dryRun, noCi, calls: globalThis.calls.map((c) => ({ ...c, config: rules(cwd, filled(c.config)) })) };
}

// rules puts the rules of a module in its place, as the analyzer does.
function rules(cwd, config) {
  if (typeof config.releaseRules !== "string") return config;
  return { ...config, releaseRules: createRequire(path.join(cwd, "x.js"))(config.releaseRules) };
}

for (const cwd of repositories) {
  try {
    process.chdir(cwd);
    console.log(JSON.stringify(await resolve(cwd)));
  } catch (error) {
    console.log(JSON.stringify({ error: String(error.stack ?? error) }));
  }
}
