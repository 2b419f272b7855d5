package library.lucene;

import library.LibraryPlugin;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;

/** Indexes texts in memory, and finds them by the stems of their words. */
public final class Use extends LibraryPlugin {
    @Override
    protected String use() throws Exception {
        try (ByteBuffersDirectory directory = new ByteBuffersDirectory();
                EnglishAnalyzer analyzer = new EnglishAnalyzer()) {
            IndexWriterConfig config = new IndexWriterConfig(analyzer).setMergeScheduler(new SerialMergeScheduler());
            try (IndexWriter writer = new IndexWriter(directory, config)) {
                for (String text : new String[] {"Bern has rivers", "Basel has one river and museums", "Chur"}) {
                    Document document = new Document();
                    document.add(new TextField("text", text, Field.Store.YES));
                    writer.addDocument(document);
                }
            }
            try (DirectoryReader reader = DirectoryReader.open(directory)) {
                IndexSearcher searcher = new IndexSearcher(reader);
                var found = searcher.search(new TermQuery(new Term("text", "river")), 10);
                return found.totalHits.value + " "
                        + searcher.storedFields()
                                .document(found.scoreDocs[0].doc)
                                .get("text");
            }
        }
    }
}
