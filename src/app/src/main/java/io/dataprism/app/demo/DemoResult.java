package io.dataprism.app.demo;

import io.dataprism.app.data.FileReading;
import io.dataprism.app.report.Chapter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a demo made.
 *
 * @param chapters the pipelines that ran
 * @param page the page over them
 * @param pipeline the pipeline that was made for the user's own file
 * @param kept where what lay in that pipeline's place went, if that was another one
 * @param reading how the user's own file was read
 */
public record DemoResult(
        List<Chapter> chapters,
        Path page,
        Optional<Path> pipeline,
        Optional<Path> kept,
        Optional<FileReading> reading) {
    public DemoResult {
        chapters = List.copyOf(chapters);
    }

    public long files() {
        return chapters.stream().mapToLong(Chapter::files).sum();
    }
}
