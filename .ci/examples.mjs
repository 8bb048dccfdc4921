// Judges the examples of docs/ci that no other tool judges: GitLab's by GitLab's schema, CircleCI's by CircleCI's own parser and
// schema. For Travis CI there is no schema to be had, so that one is only parsed: no key twice, no tag that nobody knows. Usage:
//   node examples.mjs FOLDER DOCS
// FOLDER holds node_modules with gitlab-ci-local, @circleci/circleci-config-parser, yaml and ajv.
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [, , folder, docs] = process.argv;
const require = createRequire(path.join(path.resolve(folder), "x.js"));
const { parseDocument } = require("yaml");
const Ajv = require("ajv").default;
const circle = require("@circleci/circleci-config-parser");
const gitlab = path.join(path.resolve(folder), "node_modules/gitlab-ci-local/src/schema/index.js");
const { default: schema } = await import(pathToFileURL(gitlab));

function read(name) {
  const document = parseDocument(fs.readFileSync(path.join(docs, name), "utf8"), { strict: true, uniqueKeys: true });
  const wrong = [...document.errors, ...document.warnings];
  if (wrong.length > 0) throw new Error(`${name}: ${wrong[0].message}`);
  return document.toJS();
}

function byGitLab(name) {
  const valid = new Ajv({ strict: false, validateFormats: false }).compile(schema);
  if (!valid(read(name))) throw new Error(`${name}: ${JSON.stringify(valid.errors, null, 1)}`);
}

function byCircleCI(name) {
  try {
    circle.parseConfig(read(name));
  } catch (error) {
    throw new Error(`${name}: ${error.message}`); // the parser is one long line, which would else be shown
  }
}

// An example that breaks its schema must be refused, or nothing was judged.
function refuses(judge, name, text) {
  const own = fs.mkdtempSync(path.join(folder, "broken-"));
  fs.writeFileSync(path.join(own, name), text);
  try {
    judge(path.relative(docs, path.join(own, name)));
  } catch {
    return;
  }
  throw new Error(`the judge of ${name} lets anything pass`);
}

refuses(byGitLab, "gitlab-ci.yml", "release: {stage: 7, script: {}}\n");
refuses(byCircleCI, "circleci.yml", "version: 2.1\njobs: {release: {docker: 7, steps: 3}}\nworkflows: {}\n");
refuses(read, "travis.yml", "language: go\nlanguage: c\n");
byGitLab("gitlab-ci.yml");
byCircleCI("circleci.yml");
read("travis.yml");
console.log("gitlab-ci.yml: GitLab's schema; circleci.yml: CircleCI's parser; travis.yml: parsed only, there is no schema of it");
