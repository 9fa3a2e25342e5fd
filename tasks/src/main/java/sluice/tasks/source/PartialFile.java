package sluice.tasks.source;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import sluice.tasks.InputException;

/**
 * What has arrived of a download so far.
 *
 * @param path where it is kept until it is whole; need not exist
 */
record PartialFile(Path path) {
    long size() throws IOException {
        return Files.exists(path) ? Files.size(path) : 0;
    }

    /**
     * Opens it for writing, and keeps other runs from writing to it until it is closed.
     *
     * @throws InputException if it cannot be written to, or another run writes to it
     */
    FileChannel openLocked() {
        try {
            Files.createDirectories(path.getParent());
            FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(channel)) {
                return channel;
            }
            channel.close();
        } catch (IOException e) {
            throw new InputException(
                    "cannot write %s (%s): make its folder writable, or name a folder that has the files with --data"
                            .formatted(path, e),
                    e);
        }
        throw new InputException("%s is being written by another run: wait for that, then run again".formatted(path));
    }

    /** What is wrong with it as the whole file; empty if nothing is. */
    String problem(PublishedFile file) {
        try {
            String found = HashedContent.sha256(path, file.contentBytes());
            return found.equals(file.sha256())
                    ? ""
                    : "its content is not the published one (SHA-256 %s, expected %s)".formatted(found, file.sha256());
        } catch (TooLargeException unpacked) {
            return unpacked.getMessage();
        } catch (IOException e) {
            return "what it sent is a damaged gzip file";
        }
    }

    void delete() throws IOException {
        Files.delete(path);
    }

    /** Nothing has arrived, so there is nothing to resume. */
    void deleteIfEmpty() {
        try {
            if (size() == 0) {
                Files.deleteIfExists(path);
            }
        } catch (IOException stays) {
            // an empty file with this ending is never taken for data, and there is an error on its way already
        }
    }

    /** Gives it its own name, in one step. */
    Path moveTo(Path file) throws IOException {
        return Files.move(path, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // Another thread of this process has it.
        }
    }
}
