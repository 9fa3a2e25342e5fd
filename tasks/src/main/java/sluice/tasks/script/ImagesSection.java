package sluice.tasks.script;

import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.Map;
import sluice.tasks.images.ImageFolder;

/** Reads the keys of {@code data} that say where images are. */
final class ImagesSection {
    private ImagesSection() {}

    static ImageFolder read(Section data, Path scriptFolder) {
        Value folder = data.required("folder", "folder: my-images");
        Path path = DataSettings.absolute(folder, DataSettings.path(folder), scriptFolder);
        if (data.value("test_share").isPresent()) {
            return new ImageFolder.Shared(path, TestShareKeys.read(data));
        }
        TestShareKeys.refuse(data, "has no meaning without test_share: add test_share, or remove it");
        return new ImageFolder.TrainAndTest(path);
    }

    /** What is to be written beside the folder. */
    static Map<String, Object> settings(ImageFolder images) {
        return images instanceof ImageFolder.Shared shared ? TestShareKeys.settings(shared.share()) : ImmutableMap.of();
    }
}
