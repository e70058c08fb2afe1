/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * granules.c - the digests of all granules of a plan's loads, in order, hashed on several threads
 *
 * Loads are cut into chunks.  Whoever is free takes the next chunk: reads it, hashes its granules, leaves the digests in a ring.
 * The caller takes granules out of the ring in order, and works on a chunk itself whenever the one it needs is not ready.
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "threads.h"

#define RING_CHUNKS 32
#define MAX_CHUNK_GRANULES (CHUNK_SIZE / 4096)

/* A load's source, open while the cursor is in the load or a chunk of it is being read. */
struct shared_source {
	struct source src;
	int err;
	unsigned int users;
};

struct chunk {
	const struct load *load;
	struct shared_source *source;
	uint64_t base; /* IPA of the first granule */
	size_t count;  /* granules */
	bool ready;
	int err;
	uint8_t digests[MAX_CHUNK_GRANULES][REALM_DIGEST_MAX];
};

struct worker {
	struct granules *granules;
	struct hasher hasher;
	uint8_t *buf;
	pthread_t thread;
};

struct granules {
	struct realm_plan *plan;
	struct realm_work_opts opts;
	bool measure_all;
	uint8_t zero_digest[REALM_DIGEST_MAX];

	/* Only the caller's thread: */
	struct worker *workers; /* [0] is the caller */
	size_t num_workers;
	size_t next_in_chunk;
	uint64_t done, told, total; /* bytes: finished, of which the caller was told, in all */
	int failed;

	/* Under the lock: */
	pthread_mutex_t lock;
	pthread_cond_t chunk_ready, chunk_free;
	struct chunk *ring;
	uint64_t head, tail; /* chunks handed out and taken so far */
	size_t load;         /* cursor: load ... */
	uint64_t ipa;        /* ... and granule in it, 0 before the first */
	struct shared_source *source;
	bool stop;
};

static size_t chunk_granules(const struct granules *granules)
{
	return CHUNK_SIZE / granules->plan->granule;
}

static bool is_measured(const struct granules *granules, const struct load *load)
{
	return granules->measure_all || !(load->flags & REALM_LOAD_UNMEASURED);
}

/* ---- under the lock ---- */

static struct shared_source *get_source(const struct granules *granules, const struct load *load)
{
	struct shared_source *source = calloc(1, sizeof(*source));

	if (!source)
		return NULL;
	source->users = 1;
	source->err = is_measured(granules, load) ? source_open(load, &source->src) : 0;
	return source;
}

static void put_source(struct shared_source *source)
{
	if (!source || --source->users)
		return;
	source_close(&source->src);
	free(source);
}

/* Bytes of the load inside a chunk, as an offset into the load, a length, and where they start in the chunk. */
static uint64_t chunk_bytes(const struct granules *granules, const struct chunk *chunk, size_t *startp, size_t *lenp)
{
	const struct load *load = chunk->load;
	uint64_t end = chunk->base + (uint64_t)chunk->count * granules->plan->granule;
	uint64_t from = chunk->base > load->at ? chunk->base : load->at;
	uint64_t to = end < load->at + load->length ? end : load->at + load->length;

	*startp = (size_t)(from - chunk->base);
	*lenp = (size_t)(to - from);
	return from - load->at;
}

static int read_chunk(const struct granules *granules, const struct chunk *chunk, uint8_t *buf)
{
	size_t size = chunk->count * granules->plan->granule;
	size_t start, len;
	uint64_t offset = chunk_bytes(granules, chunk, &start, &len);

	memset(buf, 0, start);
	memset(buf + start + len, 0, size - start - len);
	return source_read(&chunk->source->src, offset, buf + start, len);
}

/* Move the cursor past a chunk; leaves the source of a finished load. */
static void advance(struct granules *granules, const struct chunk *chunk)
{
	granules->ipa = chunk->base + (uint64_t)chunk->count * granules->plan->granule;
	if (granules->ipa < load_top(granules->plan, chunk->load))
		return;
	put_source(granules->source);
	granules->source = NULL;
	granules->ipa = 0;
	granules->load++;
}

/* The next chunk of work, or NULL when there is none or no room for it.  Callbacks are read here: in order, one at a time. */
static struct chunk *take_chunk(struct granules *granules, uint8_t *buf)
{
	const struct load *load;
	struct chunk *chunk;
	uint64_t left;

	if (granules->stop || granules->load == granules->plan->num_loads ||
	    granules->tail - granules->head == RING_CHUNKS)
		return NULL;
	load = &granules->plan->loads[granules->load];
	if (!granules->source)
		granules->source = get_source(granules, load);

	chunk = &granules->ring[granules->tail++ % RING_CHUNKS];
	chunk->load = load;
	chunk->source = granules->source;
	chunk->ready = false;
	chunk->base = granules->ipa ? granules->ipa : load_base(granules->plan, load);
	left = (load_top(granules->plan, load) - chunk->base) / granules->plan->granule;
	chunk->count = left < chunk_granules(granules) ? (size_t)left : chunk_granules(granules);
	chunk->err = chunk->source ? chunk->source->err : -ENOMEM;
	if (chunk->source)
		chunk->source->users++;
	if (!chunk->err && is_measured(granules, load) && load->kind == REALM_LOAD_CALLBACK)
		chunk->err = read_chunk(granules, chunk, buf);
	advance(granules, chunk);
	return chunk;
}

/* ---- without the lock ---- */

static bool is_zero(const uint8_t *buf, size_t len)
{
	uint64_t first;

	memcpy(&first, buf, sizeof(first));
	return !first && !memcmp(buf, buf + sizeof(first), len - sizeof(first));
}

static int hash_chunk(struct worker *worker, struct chunk *chunk)
{
	const struct granules *granules = worker->granules;
	size_t granule = granules->plan->granule;
	size_t i;

	for (i = 0; i < chunk->count; i++) {
		const uint8_t *data = worker->buf + i * granule;
		int err = 0;

		if (is_zero(data, granule))
			memcpy(chunk->digests[i], granules->zero_digest, REALM_DIGEST_MAX);
		else
			err = hasher_digest(&worker->hasher, data, granule, chunk->digests[i]);
		if (err)
			return err;
	}
	return 0;
}

static int do_chunk(struct worker *worker, struct chunk *chunk)
{
	const struct granules *granules = worker->granules;
	size_t start, len, i;
	uint64_t offset;
	int err;

	if (chunk->err || !is_measured(granules, chunk->load))
		return chunk->err;
	offset = chunk_bytes(granules, chunk, &start, &len);
	if (source_is_hole(&chunk->source->src, offset, len)) {
		for (i = 0; i < chunk->count; i++)
			memcpy(chunk->digests[i], granules->zero_digest, REALM_DIGEST_MAX);
		return 0;
	}
	if (chunk->load->kind != REALM_LOAD_CALLBACK) {
		err = read_chunk(granules, chunk, worker->buf);
		if (err)
			return err;
	}
	return hash_chunk(worker, chunk);
}

/* Take and do one chunk; called and returns with the lock held.  False when there is nothing to do now. */
static bool work(struct worker *worker)
{
	struct granules *granules = worker->granules;
	struct chunk *chunk = take_chunk(granules, worker->buf);
	int err;

	if (!chunk)
		return false;
	pthread_mutex_unlock(&granules->lock);
	err = do_chunk(worker, chunk);
	pthread_mutex_lock(&granules->lock);
	put_source(chunk->source);
	chunk->err = err;
	chunk->ready = true;
	pthread_cond_signal(&granules->chunk_ready);
	return true;
}

static void *worker_main(void *arg)
{
	struct worker *worker = arg;
	struct granules *granules = worker->granules;

	pthread_mutex_lock(&granules->lock);
	while (!granules->stop && granules->load < granules->plan->num_loads)
		if (!work(worker))
			pthread_cond_wait(&granules->chunk_free, &granules->lock);
	pthread_mutex_unlock(&granules->lock);
	return NULL;
}

static int worker_init(struct granules *granules, struct worker *worker)
{
	int err = hasher_init(&worker->hasher, granules->plan->hash);

	if (err)
		return err;
	worker->granules = granules;
	worker->buf = malloc(CHUNK_SIZE);
	return worker->buf ? 0 : -ENOMEM;
}

static void worker_free(struct worker *worker)
{
	hasher_free(&worker->hasher);
	free(worker->buf);
}

/* Threads that are worth having: as many as asked for, but not more than there are chunks to hash. */
static size_t useful_threads(struct granules *granules)
{
	size_t threads = threads_wanted(granules->opts.threads);
	uint64_t chunks = 0;
	size_t i;

	for (i = 0; i < granules->plan->num_loads; i++) {
		const struct load *load = &granules->plan->loads[i];

		granules->total += load->length;
		if (is_measured(granules, load))
			chunks += load->length / CHUNK_SIZE + 1;
	}
	if (threads > chunks)
		threads = (size_t)chunks;
	return threads ? threads : 1;
}

/* Start the others; when the system refuses a thread, those there are do the work. */
static void start_workers(struct granules *granules, size_t threads)
{
	while (granules->num_workers < threads) {
		struct worker *worker = &granules->workers[granules->num_workers];

		if (worker_init(granules, worker) || !thread_start(&worker->thread, worker_main, worker)) {
			worker_free(worker);
			break;
		}
		granules->num_workers++;
	}
}

static int hash_zero_granule(struct granules *granules)
{
	struct worker *worker = &granules->workers[0];

	memset(worker->buf, 0, granules->plan->granule);
	return hasher_digest(&worker->hasher, worker->buf, granules->plan->granule, granules->zero_digest);
}

int granules_open(struct realm_plan *plan, bool measure_all, const struct realm_work_opts *opts,
		  struct granules **granulesp)
{
	struct granules *granules = calloc(1, sizeof(*granules));
	size_t threads;
	int err;

	if (!granules)
		return realm_fail_nomem(plan->ctx);
	granules->plan = plan;
	granules->measure_all = measure_all;
	pthread_mutex_init(&granules->lock, NULL);
	pthread_cond_init(&granules->chunk_ready, NULL);
	pthread_cond_init(&granules->chunk_free, NULL);
	err = realm_read_opts(plan->ctx, "realm_work_opts", &granules->opts, sizeof(granules->opts), opts);
	if (err) {
		granules_close(granules);
		return err;
	}
	threads = useful_threads(granules);
	granules->workers = calloc(threads, sizeof(*granules->workers));
	granules->ring = calloc(RING_CHUNKS, sizeof(*granules->ring));
	granules->num_workers = granules->workers ? 1 : 0;
	if (!granules->workers || !granules->ring || worker_init(granules, &granules->workers[0]) ||
	    hash_zero_granule(granules)) {
		granules_close(granules);
		return realm_fail_nomem(plan->ctx);
	}
	start_workers(granules, threads);
	*granulesp = granules;
	return 0;
}

static int report(struct granules *granules, const struct chunk *chunk)
{
	const struct load *load = chunk->load;
	const char *what = load->file ? load->file : load->name;
	uint64_t offset = chunk->base > load->at ? chunk->base - load->at : 0;

	if (chunk->err == -ENOMEM)
		return realm_fail_nomem(granules->plan->ctx);
	if (load->kind == REALM_LOAD_CALLBACK)
		return realm_fail(granules->plan->ctx, -chunk->err, what ? what : "load", NULL,
				  "its read callback failed for the bytes from offset %llu on",
				  (unsigned long long)offset);
	return realm_fail(
		granules->plan->ctx, -chunk->err, what ? what : "load", "leave inputs alone while they are read",
		"cannot be read at offset %llu, or became shorter while it was read", (unsigned long long)offset);
}

/* The chunk at the head is used up: free its place and tell how far we are. */
static int finish_chunk(struct granules *granules, const struct chunk *chunk)
{
	size_t start, len;

	chunk_bytes(granules, chunk, &start, &len);
	granules->done += len;
	granules->next_in_chunk = 0;
	pthread_mutex_lock(&granules->lock);
	granules->head++;
	pthread_cond_signal(&granules->chunk_free);
	pthread_mutex_unlock(&granules->lock);
	if (!granules->opts.progress ||
	    (granules->done - granules->told < CHUNK_SIZE && granules->done < granules->total))
		return 0;
	granules->told = granules->done;
	if (granules->opts.progress(granules->opts.progress_arg, granules->done, granules->total))
		return realm_fail(granules->plan->ctx, ECANCELED, NULL, NULL, "stopped by the caller");
	return 0;
}

/* The chunk at the head, ready; NULL after the last. */
static struct chunk *wait_for_head(struct granules *granules)
{
	struct chunk *chunk = &granules->ring[granules->head % RING_CHUNKS];
	bool end;

	pthread_mutex_lock(&granules->lock);
	while (granules->head == granules->tail || !chunk->ready)
		if (!work(&granules->workers[0])) {
			if (granules->head == granules->tail)
				break;
			pthread_cond_wait(&granules->chunk_ready, &granules->lock);
		}
	end = granules->head == granules->tail;
	pthread_mutex_unlock(&granules->lock);
	return end ? NULL : chunk;
}

int granules_next(struct granules *granules, struct granule *granule)
{
	struct chunk *chunk;
	size_t i;

	if (granules->failed)
		return granules->failed;
	chunk = &granules->ring[granules->head % RING_CHUNKS];
	if (!granules->next_in_chunk) {
		chunk = wait_for_head(granules);
		if (!chunk)
			return 0;
		if (chunk->err)
			return granules->failed = report(granules, chunk);
	} else if (granules->next_in_chunk == chunk->count) {
		granules->failed = finish_chunk(granules, chunk);
		return granules_next(granules, granule);
	}
	i = granules->next_in_chunk++;
	granule->ipa = chunk->base + (uint64_t)i * granules->plan->granule;
	granule->measured = is_measured(granules, chunk->load);
	granule->digest = granule->measured ? chunk->digests[i] : NULL;
	return 1;
}

void granules_close(struct granules *granules)
{
	size_t i;

	if (!granules)
		return;
	pthread_mutex_lock(&granules->lock);
	granules->stop = true;
	pthread_cond_broadcast(&granules->chunk_free);
	pthread_mutex_unlock(&granules->lock);
	for (i = 1; i < granules->num_workers; i++)
		pthread_join(granules->workers[i].thread, NULL);
	for (i = 0; i < granules->num_workers; i++)
		worker_free(&granules->workers[i]);
	put_source(granules->source);
	pthread_cond_destroy(&granules->chunk_free);
	pthread_cond_destroy(&granules->chunk_ready);
	pthread_mutex_destroy(&granules->lock);
	free(granules->workers);
	free(granules->ring);
	free(granules);
}
