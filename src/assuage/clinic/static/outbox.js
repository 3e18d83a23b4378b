// What a phone keeps until it is sent: an outbox and drafts in IndexedDB. The server's store is the record.

function open() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("diary", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("outbox", { keyPath: "uid" });
      asked.result.createObjectStore("drafts");
      asked.result.createObjectStore("sent");
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function within(store, mode, act) {
  const database = await open();
  return new Promise((resolve, reject) => {
    const step = database.transaction(store, mode, { durability: "strict" });
    const asked = act(step.objectStore(store));
    step.oncomplete = () => { database.close(); resolve(asked.result); };
    step.onerror = () => { database.close(); reject(step.error); };
  });
}

const keeper = (store) => ({
  all: () => within(store, "readonly", (held) => held.getAll()),
  get: (key) => within(store, "readonly", (held) => held.get(key)),
  remove: (key) => within(store, "readwrite", (held) => held.delete(key)),
  clear: () => within(store, "readwrite", (held) => held.clear()),
});

export const outbox = { ...keeper("outbox"), put: (entry) => within("outbox", "readwrite", (held) => held.put(entry)) };
export const drafts = { ...keeper("drafts"), put: (key, fields) => within("drafts", "readwrite", (held) => held.put(fields, key)) };
export const lastSent = (key, at) =>
  at === undefined ? keeper("sent").get(key) : within("sent", "readwrite", (held) => held.put(at, key));
