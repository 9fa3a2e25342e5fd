package sluice.tasks.images;

import java.nio.file.Path;

/**
 * An image of a class.
 *
 * @param path where it is
 * @param label name of its class
 */
record ImageFile(Path path, String label) {}
