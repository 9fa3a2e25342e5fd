package sluice.tasks.source;

import java.nio.file.Path;
import java.util.Optional;

/** Where the files of a data set are looked for: in a folder that the user named, or in the cache. */
public sealed interface DataPlace {
    /**
     * A folder that the user named. Its files are used as they are, and nothing is ever downloaded into it.
     *
     * @param folder holds the files, itself or in a folder of the data set's name
     * @param origin how the user named it, for messages: {@code --data} or {@code SLUICE_DATA}
     */
    record Given(Path folder, String origin) implements DataPlace {}

    /**
     * The user's cache. What it lacks is downloaded into it.
     *
     * @param folder holds a folder per data set; need not exist yet
     * @param download how missing files are fetched
     */
    record Cache(Path folder, Download download) implements DataPlace {}

    /**
     * The place that counts: the folder given, else the one that SLUICE_DATA names, else the cache.
     *
     * @param given the folder given by {@code --data}, if any
     * @param user where SLUICE_DATA and the cache come from
     * @param download how missing files are fetched into the cache
     * @return the place
     */
    static DataPlace choose(Optional<Path> given, UserEnvironment user, Download download) {
        Optional<DataPlace> named = given.<DataPlace>map(folder -> new Given(folder, "--data"))
                .or(() -> user.dataFolder().map(folder -> new Given(folder, UserEnvironment.DATA_VARIABLE)));
        return named.orElseGet(() -> new Cache(user.cacheFolder(), download));
    }
}
