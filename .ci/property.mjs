// Generates repositories with branches, channels and merges, and lets the real semantic-release and semcut release them step by
// step, each on a copy of its own. After each step decision, tags, channel notes and branches must be the same; then one of
// the two copies, drawn by lot, goes on, so that each tool reads what the other one wrote. Usage:
//   node property.mjs SEMCUT FOLDER COUNT SEED [ONLY]
// FOLDER holds node_modules with semantic-release and the presets. Prints every difference, and exits with 1 where there is
// one that is no known defect of semantic-release.
import { execFileSync, spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Writable } from "node:stream";
import { pathToFileURL } from "node:url";

const [, , semcut, folder, count, seed, only] = process.argv;
const require = createRequire(path.join(path.resolve(folder), "x.js"));
const { default: semanticRelease } = await import(pathToFileURL(require.resolve("semantic-release")));

const branches = ["+([0-9])?(.{+([0-9]),x}).x", "main", "next", "next-major", { name: "beta", prerelease: true }, { name: "alpha", prerelease: true }];
const messages = [
  "feat: a", "feat(api): b", "fix: c", "fix(cli): d", "perf: e", "docs: f", "chore: g", "refactor: h", "feat: i\n\nBREAKING CHANGE: j",
  "fix: k\n\nBREAKING CHANGE: l", "style: m", "no conventional commit", "feat!: n", "chore(deps)!: o", "feat: p [skip release]",
];

// random gives whole numbers below n, the same ones for the same seed.
function random(state) {
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

class Repository {
  constructor(number) {
    this.number = number;
    this.next = random(Number(seed) * 1000 + number);
    this.dir = fs.mkdtempSync(path.join(os.tmpdir(), "semcut-property-"));
    this.work = path.join(this.dir, "a/work");
    this.clock = 1700000000;
    this.story = [];
    this.env = {
      PATH: process.env.PATH, HOME: this.dir, GIT_CONFIG_GLOBAL: path.join(this.dir, "gitconfig"), GIT_CONFIG_NOSYSTEM: "1",
      GIT_AUTHOR_NAME: "Ada", GIT_AUTHOR_EMAIL: "ada@example.com", GIT_COMMITTER_NAME: "Ada", GIT_COMMITTER_EMAIL: "ada@example.com",
    };
    fs.writeFileSync(this.env.GIT_CONFIG_GLOBAL, "[init]\n\tdefaultBranch = main\n[protocol \"file\"]\n\tallow = always\n");
    execFileSync("git", ["init", "-q", "--bare", path.join(this.dir, "a/origin.git")], { env: this.env });
    execFileSync("git", ["clone", "-q", path.join(this.dir, "a/origin.git"), this.work], { env: this.env, stdio: "ignore" });
    this.preset = this.next(2) ? "angular" : "conventionalcommits";
    fs.writeFileSync(path.join(this.work, ".git/info/exclude"), ".releaserc.json\n");
    this.configure("a");
    this.commit("feat: begin");
    this.git("push", "-q", "-u", "origin", "main");
  }

  // configure makes the clone of a copy release to the origin of that copy.
  configure(copy) {
    const origin = path.join(this.dir, copy, "origin.git"), work = path.join(this.dir, copy, "work");
    const options = { branches, preset: this.preset, plugins: ["@semantic-release/commit-analyzer"], repositoryUrl: "file://" + origin };
    fs.writeFileSync(path.join(work, ".releaserc.json"), JSON.stringify(options));
    execFileSync("git", ["config", "remote.origin.url", origin], { cwd: work, env: this.env });
  }

  // fork makes the copy b, for semcut.
  fork() {
    fs.rmSync(path.join(this.dir, "b"), { recursive: true, force: true });
    fs.cpSync(path.join(this.dir, "a"), path.join(this.dir, "b"), { recursive: true });
    this.configure("b");
  }

  // takeTurns goes on with what semcut made: always, or every second time.
  takeTurns(always) {
    if (this.next(2) && !always) return;
    fs.rmSync(path.join(this.dir, "a"), { recursive: true, force: true });
    fs.renameSync(path.join(this.dir, "b"), path.join(this.dir, "a"));
    this.configure("a");
  }

  // world gives what stands at the origin of a copy: branches, tags, and the channels of each tag.
  world(copy) {
    const git = (...args) => execFileSync("git", args, { cwd: path.join(this.dir, copy, "origin.git"), env: this.env, encoding: "utf8" }).trim();
    return git("for-each-ref", "--format=%(refname) %(objectname)").split("\n").map((line) => {
      const [ref] = line.split(" ");
      if (!ref.startsWith("refs/notes/")) return line;
      return `${ref} ${git("notes", "--ref", ref, "show", ref.replace("refs/notes/semantic-release-", ""))}`;
    }).sort();
  }

  git(...args) {
    const date = { GIT_AUTHOR_DATE: `${this.clock} +0000`, GIT_COMMITTER_DATE: `${this.clock} +0000` };
    const run = spawnSync("git", args, { cwd: this.work, env: { ...this.env, ...date }, encoding: "utf8" });
    return { ok: run.status === 0, out: run.stdout.trim(), err: run.stderr };
  }

  commit(message) {
    this.clock += 60;
    fs.writeFileSync(path.join(this.work, `file${this.clock}`), "x");
    this.git("add", ".");
    this.git("commit", "-q", "-m", message);
    this.story.push(`${this.branch()}: ${JSON.stringify(message)}`);
  }

  branch() {
    return this.git("symbolic-ref", "--short", "HEAD").out || "main";
  }

  // change does one thing that happens to repositories.
  change() {
    const kind = this.next(10);
    if (kind < 5) return this.commit(messages[this.next(messages.length)]);
    if (kind < 8) return this.switchBranch();
    this.merge();
  }

  switchBranch() {
    const tags = this.git("tag", "--list", "v*").out.split("\n").filter((t) => /^v\d+\.\d+\.\d+$/.test(t));
    const names = ["main", "main", "next", "next", "beta", "beta", "next-major", "alpha"];
    if (tags.length > 1) {
      const [major, minor] = tags[this.next(tags.length)].slice(1).split(".");
      names.push(`${major}.x`, `${major}.${minor}.x`);
    }
    const name = names[this.next(names.length)];
    if (!this.git("checkout", "-q", name).ok) {
      const line = name.endsWith(".x") && tags.filter((t) => t.startsWith("v" + name.slice(0, -1)));
      if (line && line.length === 0) return;
      this.git("checkout", "-q", "-b", name, line ? line[line.length - 1] : "main");
    }
    this.story.push(`checkout ${name}`);
  }

  merge() {
    const from = ["main", "main", "next", "next", "beta", "beta", "next-major", "alpha"][this.next(8)];
    const to = this.branch();
    if (from === to || to.endsWith(".x") && this.next(3) || !this.git("rev-parse", "-q", "--verify", from).ok) return;
    this.clock += 60;
    const how = this.next(2) ? ["--no-ff"] : [];
    if (!this.git("merge", "-q", "--no-edit", ...how, from).ok) this.git("merge", "--abort");
    else this.story.push(`merge ${from} into ${to} ${how}`);
  }

  // ours asks semcut what it would release, and lets it release in the copy b; "error" where it refuses.
  ours() {
    const cwd = path.join(this.dir, "b/work");
    const run = (...args) => spawnSync(path.resolve(semcut), args, { cwd, env: this.env, encoding: "utf8" });
    const [asked, done] = [run("next", "--json"), run("release", "--yes", "--json")];
    if (done.status !== 0 || asked.status !== 0) {
      const why = (done.stderr + asked.stderr).match(/"message":.*/) || [done.stderr];
      return { version: done.status !== 0 && asked.status !== 0 ? "error" : "one of next and release refuses", why: why[0] };
    }
    const [answer, outcome] = [JSON.parse(asked.stdout), JSON.parse(done.stdout)];
    const version = answer.release ? answer.next.version : null, released = outcome.released ? outcome.changes[0].next.version : null;
    return { version: version === released ? version : `${version} asked, ${released} released`, why: "" };
  }

  // theirs releases with semantic-release.
  async theirs() {
    let said = "";
    const sink = new Writable({ write(chunk, _, done) { said += chunk; done(); } });
    try {
      const result = await semanticRelease({ ci: false }, { cwd: this.work, env: this.env, stdout: sink, stderr: sink });
      return { version: (result && result.nextRelease && result.nextRelease.version) || null, why: "" };
    } catch (error) {
      const first = error.errors ? [...error.errors][0] : error;
      return { version: "error", why: `${first.code || ""} ${first.message}`.trim().split("\n")[0], said };
    }
  }
}

// Defects of semantic-release that semcut doesn't share (each by the error that it ends in).
const defects = [
  [/EINVALIDMAINTENANCEMERGE/, "a merge into a maintenance branch that it refuses after the fact"],
  [/tag '.*' already exists/, "a tag collision that shows only when it tags"],
  [/only versions within the range \S+ <\d+\.\d+\.\d+-\S+ can be published/, "a pre-release that was merged into next bounds main"],
];

let steps = 0, differences = 0, known = 0;
for (let number = 0; number < Number(count); number++) {
  if (only !== undefined && number !== Number(only)) continue;
  const repository = new Repository(number);
  for (let round = 0; round < 7; round++) {
    const changes = 1 + repository.next(4);
    for (let i = 0; i < changes; i++) repository.change();
    const branch = repository.branch();
    if (!repository.git("push", "-q", "-u", "origin", branch).ok) continue;
    const head = repository.git("rev-parse", "HEAD").out;
    repository.fork();
    const ours = repository.ours();
    const theirs = await repository.theirs();
    steps++;
    if (ours.version === theirs.version) {
      const [a, b] = [repository.world("a"), repository.world("b")];
      const same = a.join() === b.join();
      const early = !same && ours.version === "error"; // semantic-release promotes a release before it refuses the next one
      known += early;
      if (same || early) {
        repository.takeTurns(early);
        continue;
      }
      ours.why = `leaves ${b.filter((line) => !a.includes(line)).join(", ")}`;
      theirs.why += ` leaves ${a.filter((line) => !b.includes(line)).join(", ")}`;
    }
    const defect = theirs.version === "error" && defects.find(([pattern]) => pattern.test(theirs.why + theirs.said));
    if (defect) {
      known++;
      break;
    }
    differences++;
    console.log(`repository ${number}, preset ${repository.preset}, ${branch} at ${head.slice(0, 7)}: semcut ${ours.version} ${ours.why}, semantic-release ${theirs.version} ${theirs.why}`);
    console.log("  " + repository.story.join("\n  "));
    if (process.env.DEBUG) console.log(repository.git("log", "--oneline", "--graph", "--decorate", "--all").out, "\n", theirs.said);
    break;
  }
  fs.rmSync(repository.dir, { recursive: true, force: true });
}
console.log(`${steps} decisions of ${count} repositories: ${differences} differences, ${known} known defects`);
process.exit(differences > 0 ? 1 : 0);
