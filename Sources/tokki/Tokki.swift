@main struct Tokki { static func main() {} }
