package sluice.tasks.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One download of one file from one server into a partial file, whose bytes are kept and not asked for again where the
 * server can resume. Mutable; used once.
 */
final class Transfer {
    private static final int OK = 200;
    private static final int PARTIAL_CONTENT = 206;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final HttpClient client;
    private final Duration stallTimeout;
    private final DownloadListener listener;
    private final URI source;
    private final FileChannel part;
    private final long mostBytes;
    private volatile long lastSign;
    private volatile boolean begun;

    /**
     * @param mostBytes that the file may have: whatever a server says or sends, no more are written
     */
    Transfer(
            HttpClient client,
            Duration stallTimeout,
            DownloadListener listener,
            URI source,
            FileChannel part,
            long mostBytes) {
        this.client = client;
        this.stallTimeout = stallTimeout;
        this.listener = listener;
        this.source = source;
        this.part = part;
        this.mostBytes = mostBytes;
    }

    /**
     * @throws IOException if the server cannot be reached, refuses, falls silent or breaks off
     * @throws InterruptedException if the thread is interrupted
     */
    void run() throws IOException, InterruptedException {
        int status = request(part.size());
        if (status == RANGE_NOT_SATISFIABLE) {
            status = request(0);
        }
        if (status != OK && status != PARTIAL_CONTENT) {
            throw new IOException("HTTP " + status);
        }
    }

    private int request(long from) throws IOException, InterruptedException {
        lastSign = System.nanoTime();
        HttpRequest.Builder request = HttpRequest.newBuilder(source);
        if (from > 0) {
            request.header("Range", "bytes=" + from + "-");
        }
        try {
            return watch(client.sendAsync(request.build(), head -> body(head, from)));
        } finally {
            if (begun) {
                listener.end();
            }
        }
    }

    /** Waits for as long as something arrives, however slowly. */
    private int watch(CompletableFuture<HttpResponse<Void>> answer) throws IOException, InterruptedException {
        while (true) {
            long patience = stallTimeout.toNanos() - (System.nanoTime() - lastSign);
            try {
                return answer.get(Math.max(0, patience), TimeUnit.NANOSECONDS).statusCode();
            } catch (TimeoutException e) {
                if (System.nanoTime() - lastSign >= stallTimeout.toNanos()) {
                    answer.cancel(true);
                    throw new HttpTimeoutException("silent for " + Download.seconds(stallTimeout));
                }
            } catch (InterruptedException e) {
                answer.cancel(true);
                throw e;
            } catch (ExecutionException e) {
                throw cause(e);
            }
        }
    }

    private static IOException cause(ExecutionException failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof TooLargeException refused) {
                return refused;
            }
        }
        return failure.getCause() instanceof IOException known ? known : new IOException(failure.getCause());
    }

    private BodySubscriber<Void> body(ResponseInfo head, long from) {
        lastSign = System.nanoTime();
        boolean resumed = from > 0 && head.statusCode() == PARTIAL_CONTENT;
        if (!resumed && head.statusCode() != OK) {
            return BodySubscribers.replacing(null);
        }
        long start = resumed ? from : 0;
        OptionalLong length = head.headers().firstValueAsLong("Content-Length");
        checkSize(start + length.orElse(0));
        try {
            part.truncate(start).position(start);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        begun = true;
        listener.begin(
                source, start, length.isPresent() ? OptionalLong.of(start + length.getAsLong()) : OptionalLong.empty());
        return BodySubscribers.ofByteArrayConsumer(chunk -> chunk.ifPresent(this::write));
    }

    private void checkSize(long bytes) {
        if (bytes < 0 || bytes > mostBytes) {
            throw new UncheckedIOException(new TooLargeException(mostBytes));
        }
    }

    private void write(byte[] chunk) {
        lastSign = System.nanoTime();
        try {
            checkSize(part.position() + chunk.length);
            ByteBuffer left = ByteBuffer.wrap(chunk);
            while (left.hasRemaining()) {
                part.write(left);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        listener.advance(chunk.length);
    }
}
