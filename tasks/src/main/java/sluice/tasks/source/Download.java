package sluice.tasks.source;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import sluice.tasks.InputException;

/**
 * Fetches published files from mirrors, in turn, into a folder. A file grows under a name that ends in {@code .part}
 * and gets its own name only when it is whole and its checksum is right, so that a broken download is never taken for a
 * file and the next attempt goes on where it stopped. Proxies are those of the system properties ({@code
 * https.proxyHost} and so on).
 *
 * @param connectTimeout how long a server may take to accept a connection; above 0
 * @param stallTimeout how long a server may stay silent before it is given up; above 0
 * @param listener hears how it gets on
 */
public record Download(Duration connectTimeout, Duration stallTimeout, DownloadListener listener) {
    /**
     * {@return downloads that give up a server after 10 s without a connection or 30 s of silence}
     *
     * @param listener hears how it gets on
     */
    public static Download reportingTo(DownloadListener listener) {
        return new Download(Duration.ofSeconds(10), Duration.ofSeconds(30), listener);
    }

    /**
     * Fetches one file.
     *
     * @param mirrors addresses of folders, each ending in a slash, tried in this order
     * @param file what is known of it
     * @param folder where to; made if it does not exist
     * @return the file
     * @throws InputException if no mirror delivers it, with each one's reason, or if the folder cannot be written to
     */
    public Path fetch(List<URI> mirrors, PublishedFile file, Path folder) {
        PartialFile part = new PartialFile(folder.resolve(file.name() + ".part"));
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(connectTimeout)
                .build();
        ImmutableList.Builder<String> reasons = ImmutableList.builder();
        for (URI mirror : mirrors) {
            try {
                fetchWhole(client, mirror.resolve(file.name()), file, part);
                return part.moveTo(folder.resolve(file.name()));
            } catch (InterruptedException | ClosedByInterruptException e) {
                Thread.currentThread().interrupt();
                throw new InputException(
                        "the download of " + file.name() + " was interrupted: run again to resume it", e);
            } catch (IOException e) {
                reasons.add(mirror + ": " + reason(e));
            }
        }
        part.deleteIfEmpty();
        throw new InputException("%s could not be downloaded (%s): put the data set's files into %s by hand, or name"
                        .formatted(file.name(), String.join("; ", reasons.build()), folder)
                + " their folder with --data; running again resumes the download");
    }

    static String seconds(Duration duration) {
        return duration.toMillis() / 1e3 + " s";
    }

    /** A wrong checksum after a resumption proves nothing of this server, so the file is fetched again from its start. */
    private void fetchWhole(HttpClient client, URI source, PublishedFile file, PartialFile part)
            throws IOException, InterruptedException {
        if (part.size() > file.mostBytes()) {
            part.delete();
        }
        boolean resumed = part.size() > 0;
        transfer(client, source, file, part);
        if (resumed && !part.problem(file).isEmpty()) {
            part.delete();
            transfer(client, source, file, part);
        }
        String problem = part.problem(file);
        if (!problem.isEmpty()) {
            part.delete();
            throw new IOException(problem);
        }
    }

    private void transfer(HttpClient client, URI source, PublishedFile file, PartialFile part)
            throws IOException, InterruptedException {
        try (FileChannel channel = part.openLocked()) {
            new Transfer(client, stallTimeout, listener, source, channel, file.mostBytes()).run();
        } catch (TooLargeException refused) {
            part.delete();
            throw refused;
        }
    }

    private static String reason(IOException failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null && causes.size() < 10; cause = cause.getCause()) {
            causes.add(cause);
        }
        if (causes.stream().anyMatch(UnresolvedAddressException.class::isInstance)) {
            return "unknown host; is there a network?";
        }
        if (failure instanceof HttpConnectTimeoutException) {
            return "no connection";
        }
        if (failure instanceof ConnectException) {
            return "connection refused";
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
